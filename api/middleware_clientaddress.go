package api

import (
	"net"
	"net/netip"

	"github.com/labstack/echo/v4"
)

// clientAddress returns what tells from where a request comes: from the connection, or,
// when that is one of a proxy that the operator named, from the header X-Forwarded-For
// that the proxy added to. From anybody else the header means nothing, or everybody
// could choose an address. The address is personal data: it is used to count and is
// neither logged nor stored.
func clientAddress(proxies []netip.Prefix) echo.IPExtractor {
	if len(proxies) == 0 {
		return echo.ExtractIPDirect()
	}
	// Echo trusts the addresses of this machine and of private networks unless told not
	// to; there are callers among them.
	options := []echo.TrustOption{echo.TrustLoopback(false), echo.TrustLinkLocal(false), echo.TrustPrivateNet(false)}
	for _, proxy := range proxies {
		options = append(options, echo.TrustIPRange(&net.IPNet{
			IP: proxy.Masked().Addr().AsSlice(), Mask: net.CIDRMask(proxy.Bits(), proxy.Addr().BitLen()),
		}))
	}
	return echo.ExtractIPFromXFFHeader(options...)
}

// networkBits is how much of an IPv6 address is one customer's: a caller has a whole
// /64 to choose addresses from.
const networkBits = 64

// addressKey is the key under which an address is counted: an IPv4 address, or the /64
// of an IPv6 address. What is not an address counts as one.
func addressKey(address string) string {
	parsed, err := netip.ParseAddr(address)
	if err != nil {
		return "unknown"
	}
	parsed = parsed.Unmap().WithZone("")
	if parsed.Is4() {
		return parsed.String()
	}
	network, err := parsed.Prefix(networkBits)
	if err != nil {
		return "unknown"
	}
	return network.String()
}
