"""Which files are shown, and in what order."""

from __future__ import annotations

import os

from gui.browser.listing import Listing
from gui.browser.notes import Note, Order
from gui.browser.scan import Facts, batches, entry, name_of
from tfcore.review import Judgment


def listing_of(*names: str) -> Listing:
    listing = Listing()
    listing.append([entry(f"/study/{name}") for name in names])
    listing.arrange()
    return listing


def shown(listing: Listing) -> list[str]:
    return [name_of(listing.path(row)) for row in range(len(listing.rows))]


def ordered(listing: Listing, order: Order | str) -> list[str]:
    listing.order = order
    listing.arrange()
    return shown(listing)


def test_slice_2_comes_before_slice_10() -> None:
    assert shown(listing_of("slice 10.png", "Slice 2.png", "slice 1.png")) == [
        "slice 1.png",
        "Slice 2.png",
        "slice 10.png",
    ]


def test_the_pictures_of_a_folder_stay_together() -> None:
    listing = listing_of("a b/1.png", "a/2.png", "a b/3.png", "a/4.png")
    assert shown(listing) == ["2.png", "4.png", "1.png", "3.png"]


def test_a_path_is_listed_once() -> None:
    listing = listing_of("1.png", "1.png")
    assert listing.append([entry("/study/1.png")]) == []
    assert len(listing) == 1


def test_a_later_batch_that_belongs_in_between_is_put_there() -> None:
    listing = listing_of("1.png", "3.png")
    assert listing.append([entry("/study/2.png")]) is None
    listing.arrange()
    assert shown(listing) == ["1.png", "2.png", "3.png"]


def test_the_filter_finds_every_word_in_name_folder_or_note() -> None:
    listing = listing_of("Müller/1.png", "Mueller/2.png", "Müller/3.png")
    listing.annotate("/study/Müller/3.png", Note("Glioma 0.97", 0.97))
    # The same letter, composed from two characters as some file systems do.
    listing.set_filter("MU\u0308LLER glioma")
    listing.arrange()
    assert shown(listing) == ["3.png"]


def test_a_new_note_replaces_what_the_filter_found() -> None:
    listing = listing_of("1.png")
    listing.annotate("/study/1.png", Note("glioma"))
    listing.annotate("/study/1.png", Note("healthy"))
    listing.set_filter("glioma")
    listing.arrange()
    assert shown(listing) == []


def test_least_sure_first_puts_the_unknown_last() -> None:
    listing = listing_of("1.png", "2.png", "3.png", "4.png")
    listing.annotate("/study/2.png", Note("a", 0.4))
    listing.annotate("/study/4.png", Note("b", 0.9))
    assert ordered(listing, "least sure") == ["4.png", "2.png", "1.png", "3.png"]


def test_dates_and_sizes_sort_downwards() -> None:
    listing = listing_of("1.png", "2.png", "3.png")
    listing.learn([Facts("/study/1.png", 10, 500), Facts("/study/3.png", 20, 100), Facts("/gone.png", 1, 1)])
    assert ordered(listing, "newest") == ["3.png", "1.png", "2.png"]
    assert ordered(listing, "largest") == ["1.png", "3.png", "2.png"]
    assert listing.unknown() == ["/study/2.png"]


def test_a_removed_file_may_come_back() -> None:
    listing = listing_of("1.png", "2.png")
    listing.remove(["/study/1.png", "/study/unknown.png"])
    listing.arrange()
    assert shown(listing) == ["2.png"]
    listing.append([entry("/study/1.png")])
    listing.arrange()
    assert shown(listing) == ["1.png", "2.png"]


def test_bytes_that_are_no_text_are_shown_and_kept() -> None:
    path = os.fsdecode(b"/study/caf\xe9.png")
    assert name_of(path) == "caf\ufffd.png"
    assert entry(path).path == path


def test_the_first_batch_is_short() -> None:
    assert [len(batch) for batch in batches(range(25), 5, 10)] == [5, 10, 10]


def test_by_probability_and_by_agreement_with_the_label() -> None:
    listing = listing_of("a.png", "b.png", "c.png", "d.png", "e.png")
    for name, predicted, probability in (("a", "cat", 0.6), ("b", "cat", 0.9), ("c", "dog", 0.7), ("d", "dog", 0.8)):
        listing.annotate(f"/study/{name}.png", Note("said", None, predicted, probability=probability))
    assert ordered(listing, "least probable") == ["a.png", "c.png", "d.png", "b.png", "e.png"]
    assert ordered(listing, "most probable") == ["b.png", "d.png", "c.png", "a.png", "e.png"]
    assert ordered(listing, "by class") == ["b.png", "a.png", "d.png", "c.png", "e.png"]
    listing.judge({"/study/d.png": Judgment(note="Blurred"), "/study/b.png": Judgment(note="cut off", star=True)}, True)
    assert ordered(listing, "by note") == ["d.png", "b.png", "a.png", "c.png", "e.png"]
    listing.label({f"/study/{name}.png": "cat" for name in "abcd"})
    assert ordered(listing, "wrong first") == ["d.png", "c.png", "a.png", "b.png", "e.png"]


def test_numbers_are_compared_beside_words_and_what_is_unknown_is_left_out() -> None:
    listing = listing_of("a.png", "b.png", "c.png", "d.png")
    for name, entropy, probability in (("a", 0.9, 0.6), ("b", 0.2, 0.95), ("c", 0.5, 0.7)):
        listing.annotate(f"/study/{name}.png", Note("glioma", entropy, "glioma", probability=probability))
    listing.judge({"/study/a.png": Judgment(rating=4), "/study/d.png": Judgment(star=True)}, True)
    listing.label({"/study/a.png": "glioma", "/study/b.png": "no tumour", "/study/d.png": "no tumour"})
    listing.metrics = {"iou": {"/study/a.png": 0.8, "/study/b.png": -0.1}}
    listing.remarks = {"/study/c.png": "Unlike the training pictures"}
    found = {}
    numbers = "p<=0.7", "P<.7 glioma", "entropy>0.4", "rating>=3", "rating<5", "p=0.95", "p>", "p<0.7 x", "iou>-.2"
    others = "x=1", "wrong", "right", "unlike", "predicted=Gli", "label=notumour", "label=no predicted=glioma"
    for typed in numbers + others:
        listing.set_filter(typed)
        listing.arrange()
        found[typed] = "".join(name[0] for name in shown(listing))
    assert found == {
        "p<=0.7": "ac",
        "P<.7 glioma": "a",
        "entropy>0.4": "ac",
        "rating>=3": "a",
        "rating<5": "a",
        "p=0.95": "b",
        "p>": "",
        "p<0.7 x": "",
        "iou>-.2": "ab",
        "x=1": "",
        "wrong": "b",
        "right": "a",
        "unlike": "c",
        "predicted=Gli": "abc",
        "label=notumour": "bd",
        "label=no predicted=glioma": "b",
    }
    listing.set_filter("")
    listing.cases = {"worst": {"/study/c.png": 2, "/study/b.png": 1}}
    assert ordered(listing, "worst") == ["b.png", "c.png", "a.png", "d.png"]
