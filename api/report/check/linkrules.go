package check

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
)

var (
	addressText = regexp.MustCompile(`(?i)^\s*(https?://|www\.|ftp://|mailto:)\S*\s*$`)
	fileTarget  = regexp.MustCompile(`(?i)\.(csv|doc|docx|json|md|ods|odt|pdf|ppt|pptx|txt|xls|xlsb|xlsm|xlsx|xml|zip)($|[?#])`)
	fileText    = regexp.MustCompile(`(?i)\b(csv|doc|docx|excel|json|md|ods|odt|pdf|ppt|pptx|txt|xls|xlsb|xlsm|xlsx|xml|zip)\b.*\b\d[\d.,]* ?(bytes|kb|mb|gb|kib|mib)\b`)
)

// links checks every link of the workbook.
func (c *checker) links() {
	texts, targets := map[string]string{}, map[string]string{}
	for _, s := range c.sheets {
		seen := map[cellRef]bool{}
		for _, k := range s.links {
			if first := s.linkAt[k.cell]; first != nil {
				k.text = first.text
			}
			c.link(s, k, seen[k.cell])
			seen[k.cell] = true
			to, text := k.to(), plain(k.text)
			if text == "" {
				continue
			}
			if other, known := texts[to]; known && other != text {
				c.breach("LK-02", s, k.cell, "The link "+quoted(text)+" leads to the same place as "+quoted(other)+".", "Give links to the same place the same text.")
			} else {
				texts[to] = text
			}
			if other, known := targets[text]; known && other != to {
				c.breach("LK-02", s, k.cell, "Another link with the text "+quoted(text)+" leads to a different place.", "Give links to different places different texts.")
			} else {
				targets[text] = to
			}
		}
	}
}

// to returns where a link leads, the same text for the same place.
func (k *link) to() string {
	if k.target != "" {
		return strings.TrimSuffix(k.target, "/") + "#" + k.location
	}
	sheet, cells, _ := splitTarget(k.location)
	return "#" + sheet + "!" + strings.ReplaceAll(cells, "$", "")
}

func (c *checker) link(s *sheet, k *link, again bool) {
	switch lower := strings.ToLower(strings.Trim(plain(k.text), " .>→")); {
	case addressText.MatchString(k.text):
		c.breach("LK-01", s, k.cell, "The text of the link is an address.", "Write what the reader finds there, and keep the address as the target.")
	case slices.Contains([]string{"click here", "here", "link", "this link", "more", "read more"}, lower):
		c.breach("LK-01", s, k.cell, "The text of the link, "+quoted(k.text)+", does not say where it leads.", "Write what the reader finds there.")
	case plain(k.text) == "":
		c.breach("LK-01", s, k.cell, "The link has no text.", "Write what the reader finds there into the cell.")
	}
	if again {
		c.breach("LK-03", s, k.cell, "The cell has more than one link.", "Put each link into a cell of its own.")
	}
	if k.target != "" {
		c.outward(s, k)
		return
	}
	name, cells, ok := splitTarget(k.location)
	const advice = "Link to cell A1 of a sheet of the workbook: Insert, Link, Place in This Document."
	switch {
	case !ok:
		c.breach("LK-03", s, k.cell, "The link leads to "+quoted(k.location)+", which is no cell of a sheet.", advice)
	case c.sheetNamed(name) == nil:
		c.breach("LK-03", s, k.cell, "The link leads to sheet "+quoted(name)+", which does not exist.", advice)
	case strings.ReplaceAll(cells, "$", "") != "A1":
		c.breach("LK-03", s, k.cell, "The link leads into the middle of sheet "+quoted(name)+", past its title.", advice)
	}
}

func (c *checker) outward(s *sheet, k *link) {
	address, err := url.Parse(k.target)
	if err != nil || !slices.Contains([]string{"http", "https", "mailto"}, strings.ToLower(address.Scheme)) {
		c.breach("LK-03", s, k.cell, "The link leads to a place that readers cannot reach: a file of somebody's computer, or no address.", "Link to an https or mailto address.")
		return
	}
	if address.Scheme != "mailto" && fileTarget.MatchString(address.Path) && !fileText.MatchString(k.text) {
		c.breach("LK-04", s, k.cell, "The link leads to a file, and its text does not say the file's type and size.", "Add both, such as: Quality report (ODT, 23 KB).")
	}
}
