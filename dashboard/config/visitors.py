"""Where a visitor comes from, as far as our own proxies tell."""

from __future__ import annotations

import ipaddress

from django.http import HttpRequest

from dashboard.config.settings import ENVIRONMENT


def visitor_address(request: HttpRequest) -> str:
    """The address by which failed sign-ins are counted."""
    return forwarded_address(
        request.META.get("REMOTE_ADDR", ""),
        request.headers.get("X-Forwarded-For", ""),
        ENVIRONMENT.proxies,
    )


def forwarded_address(peer: str, header: str, proxies: int) -> str:
    """The address that the outermost of our proxies saw.

    Each proxy appends its peer, so places further left are the visitor's own words.
    """
    hops = [hop.strip() for hop in header.split(",")]
    if proxies == 0 or len(hops) < proxies:
        return peer
    try:
        return str(ipaddress.ip_address(hops[-proxies]))
    except ValueError:
        return peer
