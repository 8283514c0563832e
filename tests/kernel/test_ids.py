"""Ids in order of time."""

from itertools import pairwise

from lodestar.kernel.ids import new_id


def test_ids_made_one_after_the_other_stand_in_that_order():
    made = [new_id() for _ in range(2_000)]
    assert len(set(made)) == 2_000
    out_of_order = sum(second < first for first, second in pairwise(made))
    assert out_of_order < 20  # two within a quarter of a microsecond's tick may change places


def test_an_id_is_a_version_7_uuid_of_its_millisecond():
    for made in (new_id(), new_id(1_772_494_800_123)):
        assert (made.version, made.variant) == (7, "specified in RFC 4122")
    assert new_id(1_772_494_800_123).int >> 80 == 1_772_494_800_123
    assert new_id(5) != new_id(5)
