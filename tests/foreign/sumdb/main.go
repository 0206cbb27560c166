// Go's checksum database code judges a log: sumdb LOG VKEY KEPT. Exit 0 it accepts, 1 it refuses.
//
// golang.org/x/mod/sumdb is the code behind sum.golang.org. Tiles are read through its own TileHashReader,
// which believes none that the signed root does not cover. KEPT is an older copy of the log.
package main

import (
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const height = 8

// A mirror is a folder with the log's files, named as in C2SP tlog-tiles.
type mirror string

func (mirror) Height() int                         { return height }
func (mirror) SaveTiles(_ []tlog.Tile, _ [][]byte) {}

func (m mirror) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range tiles {
		data, err := m.file(strconv.Itoa(tile.L), tile.N, tile.W)
		if err != nil {
			return nil, err
		}
		if len(data) < tile.W*tlog.HashSize {
			return nil, fmt.Errorf("tile %v is short", tile)
		}
		all = append(all, data[:tile.W*tlog.HashSize])
	}
	return all, nil
}

func (m mirror) file(kind string, n int64, width int) ([]byte, error) {
	name := fmt.Sprintf("%03d", n%1000)
	for n >= 1000 {
		n /= 1000
		name = fmt.Sprintf("x%03d/%s", n%1000, name)
	}
	for ; width < 256; width++ {
		data, err := os.ReadFile(filepath.Join(string(m), "tile", kind, name+".p", strconv.Itoa(width)))
		if err == nil {
			return data, nil
		}
	}
	return os.ReadFile(filepath.Join(string(m), "tile", kind, name))
}

func (m mirror) entry(index, size int64) ([]byte, error) {
	n := index / 256
	width := int64(256)
	if size-n*256 < width {
		width = size - n*256
	}
	bundle, err := m.file("entries", n, int(width))
	if err != nil {
		return nil, err
	}
	for skip := index % 256; ; skip-- {
		if len(bundle) < 2 || len(bundle)-2 < int(binary.BigEndian.Uint16(bundle)) {
			return nil, errors.New("a bundle is cut off")
		}
		end := 2 + int(binary.BigEndian.Uint16(bundle))
		if skip == 0 {
			return bundle[2:end], nil
		}
		bundle = bundle[end:]
	}
}

func (m mirror) tree(verifier note.Verifier) (tlog.Tree, error) {
	text, err := os.ReadFile(filepath.Join(string(m), "checkpoint"))
	if err != nil {
		broken(err)
	}
	opened, err := note.Open(text, note.VerifierList(verifier))
	if err != nil {
		return tlog.Tree{}, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != verifier.Name() {
		return tlog.Tree{}, errors.New("not a checkpoint of this log")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tlog.Tree{}, err
	}
	root, err := tlog.ParseHash(lines[2])
	return tlog.Tree{N: size, Hash: root}, err
}

func verify(log, kept mirror, verifier note.Verifier) error {
	older, err := kept.tree(verifier)
	if err != nil {
		broken(err)
	}
	tree, err := log.tree(verifier)
	if err != nil {
		return err
	}
	hashes := tlog.TileHashReader(tree, log)
	if tree.N < older.N {
		return fmt.Errorf("the log had %d entries and has %d", older.N, tree.N)
	}
	proof, err := tlog.ProveTree(tree.N, older.N, hashes)
	if err != nil {
		return err
	}
	if err := tlog.CheckTree(proof, tree.N, tree.Hash, older.N, older.Hash); err != nil {
		return err
	}
	for index := int64(0); index < tree.N; index++ {
		entry, err := log.entry(index, tree.N)
		if err != nil {
			return err
		}
		proof, err := tlog.ProveRecord(tree.N, index, hashes)
		if err != nil {
			return err
		}
		if err := tlog.CheckRecord(proof, tree.N, tree.Hash, index, tlog.RecordHash(entry)); err != nil {
			return fmt.Errorf("entry %d: %w", index, err)
		}
	}
	fmt.Printf("Go sumdb: %d entries, consistent with %d\n", tree.N, older.N)
	return nil
}

func broken(err error) {
	fmt.Fprintln(os.Stderr, "sumdb:", err)
	os.Exit(3)
}

func main() {
	if len(os.Args) != 4 {
		broken(errors.New("usage: sumdb LOG VKEY KEPT"))
	}
	verifier, err := note.NewVerifier(os.Args[2])
	if err != nil {
		broken(err)
	}
	if err := verify(mirror(os.Args[1]), mirror(os.Args[3]), verifier); err != nil {
		fmt.Println("Go sumdb refuses:", err)
		os.Exit(1)
	}
}
