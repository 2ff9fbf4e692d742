import type { PollLanguage } from '../events/poll-event.js';

/** Texts of mails about a date that is open again and about a new organiser, in one language. */
export interface ChangeTranslation {
  readonly unconfirmationSubject: string;
  readonly unconfirmed: string;
  readonly handoverSubject: string;
  readonly handedOver: string;
  readonly replacementSubject: string;
  readonly replaced: string;
}

export const CHANGE_TRANSLATIONS: Readonly<Record<PollLanguage, ChangeTranslation>> = {
  en: {
    unconfirmationSubject: 'The date is open again: %',
    unconfirmed: 'The date of this event is open again; it does not take place then.',
    handoverSubject: 'You organise this now: %',
    handedOver: 'You are the organiser of this event now.',
    replacementSubject: 'New organiser: %',
    replaced: 'This event has a new organiser. Your calendar entry is replaced by a new one.',
  },
  fr: {
    unconfirmationSubject: 'La date est de nouveau ouverte : %',
    unconfirmed: 'La date de cet événement est de nouveau ouverte ; il n’a pas lieu à ce moment-là.',
    handoverSubject: 'Vous organisez désormais : %',
    handedOver: 'Vous organisez désormais cet événement.',
    replacementSubject: 'Nouvel organisateur : %',
    replaced: 'Cet événement a un nouvel organisateur. Une nouvelle entrée remplace celle de votre agenda.',
  },
  es: {
    unconfirmationSubject: 'La fecha vuelve a estar abierta: %',
    unconfirmed: 'La fecha de este evento vuelve a estar abierta; no se celebra entonces.',
    handoverSubject: 'Ahora lo organizas tú: %',
    handedOver: 'Ahora organizas este evento.',
    replacementSubject: 'Nuevo organizador: %',
    replaced: 'Este evento tiene un nuevo organizador. Una nueva entrada sustituye a la de tu calendario.',
  },
  it: {
    unconfirmationSubject: 'La data è di nuovo aperta: %',
    unconfirmed: 'La data di questo evento è di nuovo aperta; non si svolge in quel momento.',
    handoverSubject: 'Ora organizzi tu: %',
    handedOver: 'Ora organizzi tu questo evento.',
    replacementSubject: 'Nuovo organizzatore: %',
    replaced: 'Questo evento ha un nuovo organizzatore. Una nuova voce sostituisce quella del calendario.',
  },
  pt: {
    unconfirmationSubject: 'A data está de novo em aberto: %',
    unconfirmed: 'A data deste evento está de novo em aberto; não se realiza nessa altura.',
    handoverSubject: 'Agora é você que organiza: %',
    handedOver: 'Agora é você que organiza este evento.',
    replacementSubject: 'Novo organizador: %',
    replaced: 'Este evento tem um novo organizador. Uma nova entrada substitui a do seu calendário.',
  },
  de: {
    unconfirmationSubject: 'Der Termin ist wieder offen: %',
    unconfirmed: 'Der Zeitpunkt ist wieder offen; der Termin findet dann nicht statt.',
    handoverSubject: 'Sie laden nun ein: %',
    handedOver: 'Sie organisieren diesen Termin nun.',
    replacementSubject: 'Neuer Organisator: %',
    replaced:
      'Diesen Termin organisiert nun jemand anderes. Ein neuer Kalendereintrag ersetzt den bisherigen.',
  },
  sv: {
    unconfirmationSubject: 'Datumet är öppet igen: %',
    unconfirmed: 'Datumet för mötet är öppet igen; det äger inte rum då.',
    handoverSubject: 'Du ordnar nu: %',
    handedOver: 'Du ordnar nu det här mötet.',
    replacementSubject: 'Ny arrangör: %',
    replaced: 'Mötet har en ny arrangör. En ny post ersätter den i din kalender.',
  },
  nl: {
    unconfirmationSubject: 'De datum staat weer open: %',
    unconfirmed: 'De datum van deze afspraak staat weer open; ze gaat dan niet door.',
    handoverSubject: 'Jij organiseert nu: %',
    handedOver: 'Jij organiseert deze afspraak nu.',
    replacementSubject: 'Nieuwe organisator: %',
    replaced: 'Deze afspraak heeft een nieuwe organisator. Een nieuwe vermelding vervangt die in je agenda.',
  },
};
