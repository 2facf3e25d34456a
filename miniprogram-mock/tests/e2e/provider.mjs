// What happens behind the counter, over the API: the provider feeds accounts, its reviewers decide, the sandbox plays the rest.
const json = { 'Content-Type': 'application/json' };

/** Staff sign in once for a file of tests, however many companies it has at a time. */
const tokens = new Map();

export function provider(apiUrl) {
  async function send(method, path, body, token) {
    const answer = await fetch(`${apiUrl}${path}`, {
      method,
      headers: { ...json, ...(token ? { Authorization: `Bearer ${token}` } : {}) },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) {
      throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    }
    return text ? JSON.parse(text) : null;
  }

  async function staff(userName, method, path, body) {
    const key = `${apiUrl} ${userName}`;
    if (!tokens.has(key)) {
      tokens.set(key, send('POST', '/api/v1/staff/login', { userName, password: `sandbox-${userName}` }));
    }
    const { accessToken } = await tokens.get(key);
    return send(method, `/api/v1${path}`, body, accessToken);
  }

  const admin = (method, path, body) => staff('admin', method, path, body);
  const reviewer = (method, path, body) => staff('reviewer', method, path, body);

  return {
    send,
    admin,
    reviewer,
    sandbox: (method, path, body) => send(method, `/sandbox${path}`, body),

    /** An account with real-name facts, a server of its own and a domain that its company holds. */
    async company(accountId, { name, certificateNumber, domains, userIds }) {
      const realName = { status: 'verified', kind: 'organisation', name, certificateType: 1, certificateNumber, verifiedAt: '2026-01-05T02:00:00Z' };
      await admin('PUT', `/admin/accounts/${accountId}`, { realName, ...(userIds ? { userIds } : {}) });
      for (const domain of domains) {
        await send('PUT', `/sandbox/rdap/${domain}`, { holder: { name } });
      }
    },

    /** A server of the account that sites can be filed on. */
    async server(accountId, id = `server-of-${accountId}`) {
      await admin('PUT', `/admin/resources/${id}`, {
        ownerAccountId: accountId,
        type: 'cvm',
        region: 'ap-beijing',
        mainland: true,
        publicIps: ['203.0.113.25'],
        billing: 'prepaid',
        purchasedDaysTotal: 730,
        expiresAt: new Date(Date.now() + 400 * 86_400_000).toISOString(),
        bandwidthMbps: 5,
      });
      return id;
    },

    link: async (accountId) => (await admin('POST', `/admin/accounts/${accountId}/links`)).code,

    async claim(filingId) {
      await reviewer('POST', `/review/filings/${filingId}/claim`);
    },

    async approve(filingId, phone) {
      await reviewer('POST', `/review/filings/${filingId}/claim`);
      await reviewer('POST', `/review/filings/${filingId}/calls`, { phone, outcome: 'reached', note: 'confirmed' });
      await reviewer('POST', `/review/filings/${filingId}/approval`);
    },

    async reject(filingId, phone, findings) {
      await reviewer('POST', `/review/filings/${filingId}/claim`);
      await reviewer('POST', `/review/filings/${filingId}/calls`, { phone, outcome: 'reached', note: 'told' });
      await reviewer('POST', `/review/filings/${filingId}/rejection`, { kind: 'modification', findings });
    },

    handOver: (filingId) => reviewer('POST', `/review/filings/${filingId}/authority-submission`),
    smsVerified: (filingId, role = 'subjectPrincipal') => reviewer('POST', `/review/filings/${filingId}/sms-results`, { role, verified: true }),
    decide: (filingId, subjectNumber, siteNumbers) => reviewer('POST', `/review/filings/${filingId}/authority-result`, { result: 'approved', subjectNumber, siteNumbers }),
  };
}
