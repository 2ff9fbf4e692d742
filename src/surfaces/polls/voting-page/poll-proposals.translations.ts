import type { PollLanguage } from '../events/poll-event.js';

/** Texts of the form for proposing dates, in one language. */
export interface ProposalTranslation {
  readonly proposeDates: string;
  readonly start: string;
  readonly length: string;
  readonly propose: string;
}

export const PROPOSAL_TRANSLATIONS: Readonly<Record<PollLanguage, ProposalTranslation>> = {
  en: {
    proposeDates: 'No date has been proposed yet. Propose some, in the time zone above.',
    start: 'Start',
    length: 'Length (hours)',
    propose: 'Propose',
  },
  fr: {
    proposeDates: 'Aucune date n’a encore été proposée. Proposez-en, dans le fuseau horaire ci-dessus.',
    start: 'Début',
    length: 'Durée (heures)',
    propose: 'Proposer',
  },
  es: {
    proposeDates: 'Todavía no se ha propuesto ninguna fecha. Propón algunas, en la zona horaria de arriba.',
    start: 'Inicio',
    length: 'Duración (horas)',
    propose: 'Proponer',
  },
  it: {
    proposeDates: 'Non è stata ancora proposta nessuna data. Proponine alcune, nel fuso orario qui sopra.',
    start: 'Inizio',
    length: 'Durata (ore)',
    propose: 'Proponi',
  },
  pt: {
    proposeDates: 'Ainda não foi proposta nenhuma data. Proponha algumas, no fuso horário acima.',
    start: 'Início',
    length: 'Duração (horas)',
    propose: 'Propor',
  },
  de: {
    proposeDates: 'Noch ist kein Termin vorgeschlagen. Schlagen Sie welche vor, in der Zeitzone von oben.',
    start: 'Beginn',
    length: 'Dauer (Stunden)',
    propose: 'Vorschlagen',
  },
  sv: {
    proposeDates: 'Inget datum har föreslagits ännu. Föreslå några, i tidszonen ovan.',
    start: 'Start',
    length: 'Längd (timmar)',
    propose: 'Föreslå',
  },
  nl: {
    proposeDates: 'Er is nog geen datum voorgesteld. Stel er een paar voor, in de tijdzone hierboven.',
    start: 'Begin',
    length: 'Duur (uren)',
    propose: 'Voorstellen',
  },
};
