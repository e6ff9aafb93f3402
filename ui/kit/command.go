package kit

// Command is something a person can do now by its key: a button of the action
// bar in front. The command palette lists them.
type Command struct {
	ID    string
	Title string // translated
	Key   Chord  // "" for none
	Do    func()
}

// Offer says which commands come with the layer; they are asked for when the
// palette opens.
func (l *Layer) Offer(commands func() []Command) { l.offer = commands }

// Commands are what can be done now: those of the topmost layers, down to the
// first modal one.
func (k *Keys) Commands() []Command {
	var list []Command
	for i := len(k.layers) - 1; i >= 0; i-- {
		l := k.layers[i]
		if l.offer != nil {
			list = append(list, l.offer()...)
		}
		if l.modal {
			break
		}
	}
	return list
}

// commands are the actions of the bar that can run on what is picked now.
func (b *actionBar[R]) commands() []Command {
	b.refresh()
	var list []Command
	for i, a := range b.actions {
		button := b.buttons[i]
		if button.Off() {
			continue
		}
		list = append(list, Command{ID: b.l.spec.ID + "." + a.ID, Title: button.Label(), Key: a.Key, Do: button.Press})
	}
	if b.l.spec.Export != nil {
		list = append(list, Command{ID: b.l.spec.ID + ".export", Title: b.l.env.T("common.export_excel"), Key: "Ctrl+E", Do: b.l.export})
	}
	return list
}
