package api

import (
	"context"
	"fmt"

	"skillstracker/api/spec"
	"skillstracker/api/web"
	"skillstracker/domain"
)

// GetFirstAdministrator shows a page with a button. Opening it uses nothing up: programs
// that look behind every link of a message open it too.
func (h *handlers) GetFirstAdministrator(ctx context.Context, request spec.GetFirstAdministratorRequestObject) (spec.GetFirstAdministratorResponseObject, error) {
	if _, err := h.goodLink(ctx, request.Params.Link); err != nil {
		return nil, err
	}
	form := &web.Form{Action: "/first-administrator", Hidden: []web.Field{{Name: "link", Value: request.Params.Link}}}
	for _, choice := range h.deps.SignIn.Choices() {
		form.Buttons = append(form.Buttons, web.Button{Text: "Sign in with " + choice.Title, Name: "provider", Value: choice.Name})
	}
	body, err := h.page(web.Page{
		Title: "Become the first administrator", Synthetic: h.deps.Synthetic, Form: form,
		Paragraphs: []string{
			"Whoever signs in by this page becomes administrator of this service: they give roles to others, make tokens and import organisations. They see no records of people.",
			"The link of this page works once, within 15 minutes, and only while there is no administrator.",
		},
	})
	if err != nil {
		return nil, err
	}
	return spec.GetFirstAdministrator200TexthtmlResponse{PageTexthtmlResponse: body}, nil
}

// UseFirstAdministrator begins the sign-in of the first administrator.
func (h *handlers) UseFirstAdministrator(ctx context.Context, request spec.UseFirstAdministratorRequestObject) (spec.UseFirstAdministratorResponseObject, error) {
	link, err := h.goodLink(ctx, request.Body.Link)
	if err != nil {
		return nil, err
	}
	answer, err := h.beginSignIn(ctx, orDefault(request.Body.Provider, ""), homePath, &link)
	if err != nil {
		return nil, err
	}
	return answer, nil
}

// goodLink returns the hash of a link by which somebody could become administrator now.
func (h *handlers) goodLink(ctx context.Context, clear string) ([32]byte, error) {
	link := domain.HashSecret(clear)
	if err := h.requireSignIn(); err != nil {
		return link, err
	}
	good, err := h.deps.Sessions.LinkIsGood(ctx, link, h.deps.Clock())
	if err != nil {
		return link, fmt.Errorf("look up link: %w", err)
	}
	if !good {
		return link, domain.LinkNotAccepted()
	}
	return link, nil
}
