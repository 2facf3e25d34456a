import type { Filing, FormStep, Site, StepValue } from './types';

/** Where a step's values stand in a filing and where they are saved. Pointers of a form are relative to its step's body: /name, /region/province. */
interface StepPlace {
  readonly pointer: string;
  readonly value: StepValue;
}

const verificationFields = ['region', 'subjectNature', 'certificateType', 'certificateNumber', 'domain', 'resource'];
const subjectFields = ['name', 'certificateAddress', 'mailingAddress', 'investor', 'legalRepresentative', 'certificateValidTo', 'businessScope', 'remark'];
const personFields = ['name', 'certificateType', 'certificateNumber', 'validFrom', 'validTo', 'mobile', 'phone2', 'landline', 'emergencyPhone', 'email'];
const siteFields = ['kind', 'name', 'domain', 'resource', 'homeUrl', 'serviceContents', 'languages', 'preApprovals', 'remark'];

/** The step's place in the filing; null when the filing has no such site any more. */
export function stepPlace(filing: Filing, step: FormStep, siteId: string | null): StepPlace | null {
  switch (step) {
    case 'verification':
      return { pointer: '/verification', value: pick(filing.verification, filing.subjectId ? ['domain', 'resource'] : verificationFields) };
    case 'subject':
      return { pointer: '/subject', value: pick(filing.subject, subjectFields) };
    case 'subjectPrincipal':
      return { pointer: '/subject/principal', value: pick(filing.subject?.principal, personFields) };
    default: {
      const index = filing.sites.findIndex((site) => site.id === siteId);
      return index < 0 ? null : sitePlace(filing.sites[index]!, index, step);
    }
  }
}

function sitePlace(site: Site, index: number, step: 'site' | 'sitePrincipal'): StepPlace {
  return step === 'site'
    ? { pointer: `/sites/${index}`, value: pick(site, site.fromVerification ? siteFields.filter((f) => f !== 'domain' && f !== 'resource') : siteFields) }
    : { pointer: `/sites/${index}/principal`, value: pick(site.principal, [...personFields, 'sameAsSubjectPrincipal']) };
}

/** Only what was typed: a field that is null is left out, as PUT takes it. */
function pick(from: object | null | undefined, names: readonly string[]): StepValue {
  const source = (from ?? {}) as Record<string, unknown>;
  const value: StepValue = {};
  for (const name of names) {
    const held = source[name];
    if (held !== null && held !== undefined) {
      value[name] = held;
    }
  }
  return value;
}

/** The page that fills in a step, with its query. */
export function stepPage(filingId: string, step: string, siteId?: string | null): string {
  const query = `filingId=${filingId}${siteId ? `&siteId=${siteId}` : ''}`;
  switch (step) {
    case 'verification':
      return `/pages/verify/index?${query}`;
    case 'subject':
      return `/pages/subject/index?${query}`;
    case 'subjectPrincipal':
    case 'sitePrincipal':
      return `/pages/principal/index?${query}`;
    case 'site':
      return siteId ? `/pages/site/index?${query}` : `/pages/sites/index?${query}`;
    case 'faceCheck':
      return `/pages/face/index?${query}`;
    case 'materials':
      return `/pages/materials/index?${query}`;
    case 'agreements':
      return `/pages/submit/index?${query}`;
    default:
      return `/pages/overview/index?${query}`;
  }
}

/** The step a pointer into a filing belongs to, for jumps from a finding or a requirement without a step. */
export function stepOfPointer(filing: Filing, pointer: string): { step: string; siteId: string | null } {
  const site = /^\/sites\/(\d+)(\/principal|\/faceCheck)?/.exec(pointer);
  if (site) {
    const step = site[2] === '/principal' ? 'sitePrincipal' : site[2] === '/faceCheck' ? 'faceCheck' : 'site';
    return { step, siteId: filing.sites[Number(site[1])]?.id ?? null };
  }

  const known: readonly (readonly [string, string])[] = [
    ['/verification', 'verification'],
    ['/subject/principal', 'subjectPrincipal'],
    ['/subject', 'subject'],
    ['/materials', 'materials'],
    ['/agreements', 'agreements'],
  ];
  const found = known.find(([prefix]) => pointer === prefix || pointer.startsWith(`${prefix}/`));
  return { step: found?.[1] ?? 'overview', siteId: null };
}
