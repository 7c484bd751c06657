from retaguarda.app.headless import Office
from tests.helpers.company import acting, refused


def test_a_seller_adds_nobody(office: Office) -> None:
    with acting(office, "sales"), refused(office, "kernel.forbidden"):
        office.do("company.add_person", login="x", name="X")
