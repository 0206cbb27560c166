//! Who asks: the address of the client, as far as proxies that we trust tell it. It is used to count and
//! never kept, logged or shown.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use axum::http::HeaderMap;
use ipnet::IpNet;

/// The proxies whose word about the client is taken.
#[derive(Clone, Debug, Default)]
pub struct TrustedProxies(Vec<IpNet>);

impl TrustedProxies {
    /// The proxies in these networks.
    #[must_use]
    pub fn new(networks: Vec<IpNet>) -> Self {
        Self(networks)
    }

    fn trusts(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(&address))
    }

    /// The client: the last address in the chain of proxies that is not one of ours. A header that
    /// comes from anybody else is not looked at.
    pub(crate) fn client(&self, peer: SocketAddr, headers: &HeaderMap) -> IpAddr {
        let mut client = peer.ip().to_canonical();
        let forwarded = headers.get_all("x-forwarded-for").iter();
        let chain: Vec<&str> = forwarded
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .collect();
        for hop in chain.iter().rev() {
            if !self.trusts(client) {
                break;
            }
            let Ok(address) = hop.trim().parse::<IpAddr>() else {
                break;
            };
            client = address.to_canonical();
        }
        client
    }
}

/// The networks that a client counts for: its own, and the one around it.
pub(crate) fn networks(client: IpAddr) -> [IpAddr; 2] {
    match client {
        IpAddr::V4(address) => {
            let [a, b, c, _] = address.octets();
            [client, Ipv4Addr::new(a, b, c, 0).into()]
        }
        IpAddr::V6(address) => {
            let bits = u128::from(address);
            [64, 48].map(|kept| Ipv6Addr::from(bits >> (128 - kept) << (128 - kept)).into())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(proxies: &[&str], peer: &str, forwarded: &[&str]) -> String {
        let proxies = proxies.iter().map(|one| one.parse().unwrap()).collect();
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append("x-forwarded-for", value.parse().unwrap());
        }
        let peer = SocketAddr::new(peer.parse().unwrap(), 1);
        TrustedProxies::new(proxies)
            .client(peer, &headers)
            .to_string()
    }

    #[test]
    fn nobody_but_a_trusted_proxy_says_who_asks() {
        let forged = ["9.9.9.9"];
        assert_eq!(client(&[], "1.2.3.4", &forged), "1.2.3.4");
        assert_eq!(client(&["10.0.0.0/8"], "1.2.3.4", &forged), "1.2.3.4");
        assert_eq!(client(&["10.0.0.0/8"], "10.1.1.1", &forged), "9.9.9.9");
        let chain = ["6.6.6.6, 9.9.9.9", "10.2.2.2"];
        assert_eq!(client(&["10.0.0.0/8"], "10.1.1.1", &chain), "9.9.9.9");
        assert_eq!(
            client(&["10.0.0.0/8"], "10.1.1.1", &["nonsense"]),
            "10.1.1.1"
        );
    }

    #[test]
    fn a_client_counts_for_its_network_and_the_one_around_it() {
        let of = |text: &str| networks(text.parse().unwrap()).map(|one| one.to_string());
        assert_eq!(of("1.2.3.4"), ["1.2.3.4", "1.2.3.0"]);
        assert_eq!(
            of("2001:db8:1:2:3:4:5:6"),
            ["2001:db8:1:2::", "2001:db8:1::"]
        );
    }
}
