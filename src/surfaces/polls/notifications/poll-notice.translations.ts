import type { NoticeKind, PollLanguage } from '../events/poll-event.js';

/** Texts about notices in one language; the subject of each kind by its name. `%` is the placeholder of a text. */
export interface NoticeTranslation extends Readonly<Record<NoticeKind, string>> {
  readonly missing: string;
  readonly noMore: string;
  readonly heading: string;
  readonly turnOn: string;
  readonly turnOff: string;
}

export const NOTICE_TRANSLATIONS: Readonly<Record<PollLanguage, NoticeTranslation>> = {
  en: {
    votes: 'Answers: %',
    dates: 'New dates to vote on: %',
    messages: 'New messages: %',
    missing: 'Answers still missing: %',
    noMore: 'No more mails of this kind',
    heading: 'Mails about this event',
    turnOn: 'Tell me of answers, new dates and messages',
    turnOff: 'Tell me nothing more of answers, new dates and messages',
  },
  fr: {
    votes: 'Réponses : %',
    dates: 'Nouvelles dates proposées : %',
    messages: 'Nouveaux messages : %',
    missing: 'Réponses encore attendues : %',
    noMore: 'Ne plus recevoir ces messages',
    heading: 'E-mails sur cet événement',
    turnOn: 'M’informer des réponses, nouvelles dates et messages',
    turnOff: 'Ne plus m’informer des réponses, nouvelles dates et messages',
  },
  es: {
    votes: 'Respuestas: %',
    dates: 'Nuevas fechas para votar: %',
    messages: 'Mensajes nuevos: %',
    missing: 'Respuestas que faltan: %',
    noMore: 'No recibir más correos de este tipo',
    heading: 'Correos sobre este evento',
    turnOn: 'Avisarme de respuestas, fechas nuevas y mensajes',
    turnOff: 'No avisarme más de respuestas, fechas nuevas y mensajes',
  },
  it: {
    votes: 'Risposte: %',
    dates: 'Nuove date da votare: %',
    messages: 'Nuovi messaggi: %',
    missing: 'Risposte mancanti: %',
    noMore: 'Non ricevere più e-mail di questo tipo',
    heading: 'E-mail su questo evento',
    turnOn: 'Avvisami di risposte, nuove date e messaggi',
    turnOff: 'Non avvisarmi più di risposte, nuove date e messaggi',
  },
  pt: {
    votes: 'Respostas: %',
    dates: 'Novas datas para votar: %',
    messages: 'Novas mensagens: %',
    missing: 'Respostas em falta: %',
    noMore: 'Não receber mais e-mails deste tipo',
    heading: 'E-mails sobre este evento',
    turnOn: 'Avisar-me de respostas, novas datas e mensagens',
    turnOff: 'Não me avisar mais de respostas, novas datas e mensagens',
  },
  de: {
    votes: 'Antworten: %',
    dates: 'Neue Termine zur Wahl: %',
    messages: 'Neue Nachrichten: %',
    missing: 'Noch fehlende Antworten: %',
    noMore: 'Keine weiteren Mails dieser Art',
    heading: 'Mails zu diesem Termin',
    turnOn: 'Über Antworten, neue Termine und Nachrichten informieren',
    turnOff: 'Nicht mehr über Antworten, neue Termine und Nachrichten informieren',
  },
  sv: {
    votes: 'Svar: %',
    dates: 'Nya datum att rösta på: %',
    messages: 'Nya meddelanden: %',
    missing: 'Svar som saknas: %',
    noMore: 'Inga fler mejl av det här slaget',
    heading: 'Mejl om mötet',
    turnOn: 'Meddela mig om svar, nya datum och meddelanden',
    turnOff: 'Meddela mig inte mer om svar, nya datum och meddelanden',
  },
  nl: {
    votes: 'Antwoorden: %',
    dates: 'Nieuwe datums om op te stemmen: %',
    messages: 'Nieuwe berichten: %',
    missing: 'Nog ontbrekende antwoorden: %',
    noMore: 'Geen mails van dit soort meer',
    heading: 'Mails over deze afspraak',
    turnOn: 'Meld mij antwoorden, nieuwe datums en berichten',
    turnOff: 'Meld mij geen antwoorden, nieuwe datums en berichten meer',
  },
};
