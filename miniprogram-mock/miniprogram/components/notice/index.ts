/** A few sentences that matter now, with at most one thing to do about them. tone: info, success, warning or danger. */
Component({
  properties: { tone: { type: String, value: 'info' }, title: String, text: String, action: String },
  methods: {
    act() {
      this.triggerEvent('act');
    },
  },
});
