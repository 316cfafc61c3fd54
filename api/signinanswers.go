package api

import (
	"net/http"
	"time"
)

// seeOther sends a browser on, with a cookie.
type seeOther struct {
	location string
	cookie   *http.Cookie
}

func (a seeOther) write(w http.ResponseWriter) error {
	http.SetCookie(w, a.cookie)
	w.Header().Set("Location", a.location)
	w.WriteHeader(http.StatusSeeOther)
	return nil
}

// VisitGetSignInResponse writes the answer.
func (a seeOther) VisitGetSignInResponse(w http.ResponseWriter) error { return a.write(w) }

// VisitFinishSignInResponse writes the answer.
func (a seeOther) VisitFinishSignInResponse(w http.ResponseWriter) error { return a.write(w) }

// VisitSignOutResponse writes the answer.
func (a seeOther) VisitSignOutResponse(w http.ResponseWriter) error { return a.write(w) }

// VisitUseFirstAdministratorResponse writes the answer.
func (a seeOther) VisitUseFirstAdministratorResponse(w http.ResponseWriter) error { return a.write(w) }

// hostCookie is a cookie for this host alone that no script sees and that pages of other
// sites do not send but by a link. A life of 0 is that of the browser; below 0 it ends
// the cookie.
func hostCookie(name, value string, life time.Duration) *http.Cookie {
	seconds := int(life / time.Second)
	if life < 0 {
		seconds = -1
	}
	return &http.Cookie{Name: name, Value: value, Path: "/", MaxAge: seconds, Secure: true, HttpOnly: true, SameSite: http.SameSiteLaxMode}
}
