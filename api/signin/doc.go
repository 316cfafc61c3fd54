// Package signin asks identity providers who somebody is, by OpenID Connect: the
// authorization code flow with PKCE, and the back-channel sign-out. Its rule: nothing that
// a browser or a provider says counts until it was checked against the settings, calls go
// to configured hosts alone, and of a person nothing leaves it but an id made from issuer
// and subject, and a role and scope when claims give them. It knows nothing of sessions,
// of requests to this service, or of the database.
package signin
