"""A job over very many pictures: cut into parts, done here, in processes or on Ray, put together as one table."""
