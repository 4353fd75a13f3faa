"""Every test that takes ``tier`` runs on the loops and on the vectorised functions."""

import pytest

from cnnlab import functional, naive


@pytest.fixture(params=[naive, functional], ids=["naive", "functional"])
def tier(request):
    return request.param
