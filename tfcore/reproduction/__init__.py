"""What was made is made again from its record: figures by their lines, tables and pages by their command."""
