"""Fills an empty django-crm with an organisation, an administrator and invented leads; `check` runs it with Django set up."""

import django

django.setup()

from django.contrib.auth import get_user_model  # noqa: E402
from common.models import Org, Profile  # noqa: E402
from leads.models import Lead  # noqa: E402

LEADS = [
    ("Trésorière groupe", "Aciéries Vauban", "Cash management, financement."),
    ("Chief Financial Officer", "Northmere Tools", ""),
    ("Business Developer", "Cloudpitch", "I help finance leaders save 10 hours a week. Book a demo!"),
    ("Baker", "The Corner Oven", "Bread and cakes since 1998."),
    ("", "Unknown Ltd", "Met at a fair."),
]

org = Org.objects.create(name="acme")
user = get_user_model().objects.create(email="me@example.org", is_active=True)
Profile.objects.create(user=user, org=org, role="ADMIN", is_active=True, is_organization_admin=True)
for number, (job_title, company, description) in enumerate(LEADS):
    Lead.objects.create(
        org=org, created_by=user, title=f"Lead {number}", first_name="Invented", last_name=f"Person {number}",
        email=f"person{number}@example.org", job_title=job_title, company_name=company, description=description,
        status="assigned", source="other",
    )
