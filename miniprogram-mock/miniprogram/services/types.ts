import type { components } from '../api/schema';

type Schemas = components['schemas'];

export type Filing = Schemas['FilingView'];
export type FilingState = Schemas['FilingState'];
export type FilingSummary = Schemas['FilingSummary'];
export type Site = Schemas['SiteView'];
export type Requirement = Schemas['RequirementView'];
export type Finding = Schemas['ReviewFindingView'];
export type Outlook = Schemas['FilingOutlookView'];
export type FieldOutlook = Schemas['FieldOutlookView'];
export type PaperOutlook = Schemas['PaperOutlookView'];
export type Material = Schemas['MaterialView'];
export type Resource = Schemas['ResourceView'];
export type AuthCode = Schemas['AuthCodeView'];
export type Timeline = Schemas['TimelineView'];
export type Me = Schemas['MeView'];
export type FiledSubject = Schemas['FiledSubjectView'];
export type Message = Schemas['NotificationView'];
export type FaceCheck = Schemas['FaceCheckView'];
export type Consent = Schemas['ConsentView'];
export type Erased = Schemas['ErasedView'];
export type FaceStart = Schemas['FaceCheckStartView'];
export type FaceHandover = Schemas['FaceHandoverView'];
export type RedeemedHandover = Schemas['RedeemedHandoverView'];
export type HandedOver = Schemas['HandedOverView'];
export type Letter = Schemas['LetterView'];
export type LetterLink = Schemas['LetterLinkView'];
export type FilingCheck = Schemas['CheckFilingView'];
export type CheckItem = Schemas['CheckItemView'];
export type Upcoming = Schemas['UpcomingView'];
export type MessageTemplate = Schemas['MessageTemplateView'];

/** A step of a filing that is a form. */
export type FormStep = 'verification' | 'subject' | 'subjectPrincipal' | 'site' | 'sitePrincipal';

/** What a form holds: the body of the step's PUT. */
export type StepValue = Record<string, unknown>;
