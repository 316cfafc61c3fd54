package demodata

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"skillstracker/domain"
)

//go:embed posts.csv
var postTable []byte

// post is a sort of job that people of an organisation hold.
type post struct {
	sector     string
	staffGroup string
	jobRole    string
	band       string
	areaOfWork string // primary > secondary > tertiary; empty when not given
	teams      []string
	weight     int // how common it is beside the others of the sector
}

// digital says whether the post is a digital one by the rule of DESIGN 2.
func (p post) digital() bool {
	parts := strings.Split(p.areaOfWork, " > ")
	return strings.HasPrefix(p.jobRole, "ASC") ||
		len(parts) == 3 && (parts[1] == "Informatics" || parts[1] == "Clinical Informatics")
}

// postChoice draws posts, each as often as its weight says.
type postChoice struct {
	posts []post
	upTo  []int // running sums of the weights
}

// postsOf returns the posts of an organisation's sector.
func postsOf(organisation domain.OrganisationEntry) (postChoice, error) {
	sectors := []string{strings.ToLower(organisation.Sector), "trust"}
	if organisation.Kind == domain.KindSocialCare {
		sectors = []string{"care"}
	}
	all, err := readPosts()
	if err != nil {
		return postChoice{}, err
	}
	var choice postChoice
	own, sum := 0, 0
	for _, p := range all {
		if !slices.Contains(sectors, p.sector) {
			continue
		}
		if p.sector == sectors[0] {
			own++
		}
		sum += p.weight
		choice.posts, choice.upTo = append(choice.posts, p), append(choice.upTo, sum)
	}
	if own == 0 {
		return postChoice{}, fmt.Errorf("find posts: there are none for the sector %q of %s", organisation.Sector, organisation.Code)
	}
	return choice, nil
}

func (c postChoice) draw(random *rand.Rand) post {
	place, _ := slices.BinarySearch(c.upTo, random.IntN(c.upTo[len(c.upTo)-1])+1)
	return c.posts[place]
}

func readPosts() ([]post, error) {
	records, err := csv.NewReader(bytes.NewReader(postTable)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read posts: %w", err)
	}
	if len(records) < 2 {
		return nil, errors.New("read posts: the table is empty")
	}
	posts := make([]post, 0, len(records)-1)
	for _, record := range records[1:] {
		weight, err := strconv.Atoi(record[6])
		if err != nil || weight < 1 {
			return nil, fmt.Errorf("read posts: %q is not a weight", record[6])
		}
		posts = append(posts, post{
			sector: record[0], staffGroup: record[1], jobRole: record[2], band: record[3],
			areaOfWork: record[4], teams: strings.Split(record[5], "|"), weight: weight,
		})
	}
	return posts, nil
}
