package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// Sent is a call as it goes over a line, with the streams that it has here. No
// Args ask for the console; In may be nil, for nothing.
type Sent struct {
	Args     []string
	In       io.Reader
	Out, Err io.Writer
}

// Via carries out what is sent and gives its exit code. What it could not carry
// out is an error.
type Via func(context.Context, Sent) (int, error)

// errCode ends what stands around a call over a line that did not succeed; what
// was wrong has been printed there.
type errCode int

func (errCode) Error() string { return "it failed there" }

// Over carries the call out over a line and gives its exit code. A file that it
// names is one of this machine: it is opened and made here, and nothing of it is
// named there.
func (p *Plan) Over(ctx context.Context, via Via) int {
	code, err := p.over(ctx, via)
	var there errCode
	switch {
	case errors.As(err, &there):
		return int(there)
	case err != nil:
		return p.Fail(err)
	}
	return code
}

func (p *Plan) over(ctx context.Context, via Via) (int, error) {
	a := p.a
	a.verb = p.verb
	if a.as != "" {
		return 0, model.NewError(model.KindUsage, "error.attach.as").WithHint("hint.attach.as")
	}
	flag := writes[p.verb]
	file := p.text(flag)
	at, reading := reads[p.verb]
	switch {
	case p.verb == "":
		return via(ctx, Sent{In: a.In, Out: a.Out, Err: a.Err})
	case reading && flag != "":
		return p.readOver(ctx, via, p.words[at])
	case reading && p.words[at] != "-":
		return p.sendOver(ctx, via, at)
	case p.verb == "export" && file != "" && file != "-":
		err := a.replace(file, p.on("force"), func(w io.Writer) error {
			return p.send(ctx, via, Sent{Args: p.args(p.words, []string{flag, "force"}), Out: w})
		})
		if err == nil {
			a.note(a.t("attach.written", "File", kit.Clean(file)))
		}
		return 0, err
	case strings.HasPrefix(p.verb, "report ") && file != "" && file != "-":
		return 0, p.pageOver(ctx, via, file)
	}
	s := Sent{Args: p.args(p.words, nil, p.drawn()...), Out: a.Out, Err: a.Err}
	if p.listens() {
		s.In = a.In
	}
	return via(ctx, s)
}

// note says something beside the answer.
func (a *app) note(s string) { _, _ = io.WriteString(a.Err, s+"\n") }

// drawn tells the server that progress may be drawn, unless the answer itself
// stands on the same terminal.
func (p *Plan) drawn() []string {
	if !p.a.ErrTerminal || p.verb == "export" || p.verb == "find" && p.listens() {
		return nil
	}
	return []string{"--drawn"}
}

// send is via where anything but success is an error.
func (p *Plan) send(ctx context.Context, via Via, s Sent) error {
	if s.Err == nil {
		s.Err = p.a.Err
	}
	code, err := via(ctx, s)
	if err == nil && code != 0 {
		err = errCode(code)
	}
	return err
}

// sendOver sends the file that a verb reads.
func (p *Plan) sendOver(ctx context.Context, via Via, at int) (int, error) {
	name := p.words[at]
	in, err := p.a.openFile(name)
	if err != nil {
		return 0, err
	}
	defer func() { _ = in.Close() }()
	words := slices.Clone(p.words)
	words[at] = "-"
	add := append(told(name, p.a.sizeOf(name, in)), p.drawn()...)
	return via(ctx, Sent{Args: p.args(words, nil, add...), In: in, Out: p.a.Out, Err: p.a.Err})
}

// pageOver keeps a page in a file, and prints it as Markdown too if that is asked
// for beside it.
func (p *Plan) pageOver(ctx context.Context, via Via, file string) error {
	a := p.a
	if p.on("md") {
		if err := p.send(ctx, via, Sent{Args: p.args(p.words, []string{"html", "force"}), Out: a.Out}); err != nil {
			return err
		}
	}
	err := a.replace(file, p.on("force"), func(w io.Writer) error {
		return p.send(ctx, via, Sent{Args: p.args(p.words, []string{"html", "force", "md"}, "--html=-"), Out: w})
	})
	switch {
	case err != nil:
		return err
	case a.json:
		return a.object(map[string]string{"file": file})
	case !p.on("md"):
		a.line(a.t("cli.report.written", "Path", kit.Clean(file)))
	}
	return nil
}

// readOver sends a file of rows. Its bad lines are kept in a file of this machine,
// and at a terminal what would be read in is shown first, as without a server.
func (p *Plan) readOver(ctx context.Context, via Via, name string) (int, error) {
	a := p.a
	f := importFlags{mapping: p.text("map"), bad: p.text("bad"), dry: p.on("dry-run"), yes: p.on("yes")}
	in, err := a.openFile(name)
	if err != nil {
		return 0, err
	}
	defer func() { _ = in.Close() }()
	if err := a.free(f.bad); err != nil {
		return 0, err
	}
	words := []string{"-"}
	add := p.drawn()
	if name != "-" {
		add = append(add, told(name, a.sizeOf(name, in))...)
	}
	if file, ok := regular(in); ok && name != "-" && p.atTerminal() && !f.dry && !f.yes && !a.json {
		err := p.agreeOver(ctx, via, &f, file, add)
		if errors.Is(err, errPause) {
			a.line(a.t("cli.import.left"))
			return 0, nil
		}
		if err != nil {
			return 0, err
		}
	}
	if f.dry || f.bad == "-" || f.bad == "" && name == "-" { // there is nothing to part
		return via(ctx, Sent{Args: p.args(words, nil, add...), In: in, Out: a.Out, Err: a.Err})
	}
	if f.mapping != "" {
		add = append(add, "--map="+f.mapping)
	}
	bad := a.badFile(name, f)
	to := &apart{out: a.Out, bad: bad}
	var whole bytes.Buffer
	if a.json {
		to.out = &whole // the name of the file of bad lines belongs in it
	}
	code, err := via(ctx, Sent{Args: p.args(words, []string{"bad", "map"}, append(add, "--parted")...), In: in, Out: to, Err: a.Err})
	if e := bad.Close(); e != nil {
		err = e // the cause of what the line met
	}
	answer := whole.Bytes()
	if object, ok := bytes.CutSuffix(answer, []byte("}\n")); ok && bad.path != "" {
		file, e := json.Marshal(bad.path)
		answer = append(append(slices.Clip(object), `,"bad_file":`...), escaped(file)...)
		answer, err = append(answer, "}\n"...), errors.Join(err, e)
	}
	if _, e := a.Out.Write(answer); e != nil && err == nil {
		err = model.NewError(model.KindReadOnly, "cli.error.output")
	}
	if bad.path != "" && !a.json {
		a.line(a.t("cli.import.bad_file", "File", kit.Clean(bad.path)))
	}
	return code, err
}

// agreeOver shows what would be read in and asks whether that is right. It leaves
// the file at its beginning, and the mapping that the person agreed to in f.
func (p *Plan) agreeOver(ctx context.Context, via Via, f *importFlags, file io.ReadSeeker, add []string) error {
	a := p.a
	k := newAsker(a.In, a.Out)
	for {
		to := &apart{out: a.Out, bad: io.Discard}
		with := append(slices.Clone(add), "--dry-run", "--parted")
		if f.mapping != "" {
			with = append(with, "--map="+f.mapping)
		}
		err := p.send(ctx, via, Sent{Args: p.args([]string{"-"}, []string{"bad", "map"}, with...), In: file, Out: to})
		var there errCode
		// Other columns may do better than those that somebody named.
		again := errors.As(err, &there) && f.mapping != "" && (there == exitInvalid || there == exitUsage)
		if err != nil && !again {
			return err
		}
		if _, err := file.Seek(0, io.SeekStart); err != nil {
			return err //nolint:wrapcheck // worded as a fault of reading
		}
		said, err := k.ask(ctx, a.t("cli.import.ask"))
		switch {
		case err != nil:
			return err
		case strings.Contains(said, "="):
			f.mapping = said
		case strings.EqualFold(said, a.t("cli.answer.yes")) && to.mapping != "":
			f.mapping = to.mapping
			return nil
		case strings.EqualFold(said, a.t("cli.answer.no")):
			return errPause
		}
	}
}

// partMost is the longest part that is taken, in bytes: a server writes far less.
const partMost = 64 << 20

// apart takes the parts of an answer to where each goes.
type apart struct {
	out, bad io.Writer
	mapping  string

	line []byte
}

// Write takes parts as they come, in pieces of any size.
func (t *apart) Write(b []byte) (int, error) {
	t.line = append(t.line, b...)
	for {
		i := bytes.IndexByte(t.line, '\n')
		if i < 0 {
			if len(t.line) > partMost {
				return 0, io.ErrShortBuffer
			}
			return len(b), nil
		}
		var one part
		if err := json.Unmarshal(t.line[:i], &one); err != nil {
			return 0, err //nolint:wrapcheck // a fault of the other end
		}
		t.line = t.line[i+1:]
		if one.Mapping != "" {
			t.mapping = one.Mapping
		}
		for _, to := range []struct {
			w io.Writer
			b []byte
		}{{t.out, one.Out}, {t.bad, one.Bad}} {
			if len(to.b) > 0 {
				if _, err := to.w.Write(to.b); err != nil {
					return 0, err //nolint:wrapcheck // of where it goes
				}
			}
		}
	}
}
