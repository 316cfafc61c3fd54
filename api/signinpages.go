package api

import (
	"bytes"
	"fmt"
	"net/url"

	"skillstracker/api/signin"
	"skillstracker/api/spec"
	"skillstracker/api/web"
)

// signInPage lists the providers, after a sign-out too.
func (h *handlers) signInPage(choices []signin.Choice, returnTo string, signedOut bool) (spec.GetSignInResponseObject, error) {
	page := web.Page{Title: "Sign in", Synthetic: h.deps.Synthetic, Paragraphs: []string{"Choose where you have an account."}}
	if signedOut {
		page.Title = "You are signed out"
		page.Paragraphs = []string{"Your session at this service has ended. You may still be signed in at your identity provider: on a computer that others use, sign out there too, or close the browser."}
	}
	for _, choice := range choices {
		query := url.Values{"provider": {choice.Name}}
		if returnTo != homePath {
			query.Set("return_to", returnTo)
		}
		page.Links = append(page.Links, web.Link{Text: "Sign in with " + choice.Title, Path: "/sign-in?" + query.Encode()})
	}
	body, err := h.page(page)
	if err != nil {
		return nil, err
	}
	return spec.GetSignIn200TexthtmlResponse{PageTexthtmlResponse: body}, nil
}

// page writes a page.
func (h *handlers) page(page web.Page) (spec.PageTexthtmlResponse, error) {
	var body bytes.Buffer
	if err := h.pages.WritePage(&body, page); err != nil {
		return spec.PageTexthtmlResponse{}, fmt.Errorf("write page: %w", err)
	}
	return spec.PageTexthtmlResponse{Body: &body, ContentLength: int64(body.Len())}, nil
}

// problemOnPage puts a problem into words for a person in a browser.
func problemOnPage(problem spec.Problem) web.Page {
	page := web.Page{
		Title: problem.Title, Paragraphs: []string{problem.Detail},
		Note: fmt.Sprintf("Code %s, request %s.", problem.Code, problem.RequestId),
	}
	if problem.Errors != nil {
		for _, fault := range *problem.Errors {
			page.Paragraphs = append(page.Paragraphs, fault.Field+": "+fault.Message)
		}
	}
	return page
}
