"""What is one facet of a reply, and what is none."""

from dojo.diagnosis.facets import equal, facets_of


def test_returning_none_is_not_the_same_as_raising() -> None:
    returned = facets_of({"error": None, "value": None}, [])
    raised = facets_of({"error": {"type": "ValueError", "message": "no"}}, [])
    assert not equal(returned.get("value"), raised.get("value"))
    assert equal(returned["value"], facets_of({"error": None, "value": None}, [])["value"])
