/** Where the API answers, by the version of the mini program. A provider sets the two addresses to its own; the browser host maps them to itself. */
const origins = {
  develop: 'https://beian-test.example.com',
  trial: 'https://beian-test.example.com',
  release: 'https://beian.example.com',
};

export const apiOrigin: string = origins[wx.getAccountInfoSync().miniProgram.envVersion];
