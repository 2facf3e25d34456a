/** The frame of one thing to fill in: label above, what is wrong with it and what to do below. The control itself is the slot. */
Component({
  properties: {
    name: String,
    label: String,
    required: Boolean,
    optionalText: String,
    hint: String,
    error: String,
    remedy: String,
    warning: String,
  },
});
