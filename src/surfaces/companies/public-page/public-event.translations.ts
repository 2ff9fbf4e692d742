import type { Locale } from '../events/company-event.conditions.js';

interface PageTexts {
  readonly starts: string;
  readonly ends: string;
  readonly where: string;
  readonly online: string;
  readonly organizedBy: string;
  readonly attendedBy: string;
  readonly with: string;
  readonly addToCalendar: string;
  readonly privacyPolicy: string;
  readonly contact: string;
}

/** Labels of the public page in each language. */
export const PAGE_TEXTS: Readonly<Record<Locale, PageTexts>> = {
  en: {
    starts: 'Starts',
    ends: 'Ends',
    where: 'Where',
    online: 'Online',
    organizedBy: 'Organized by',
    attendedBy: 'Meet us there',
    with: 'Together with',
    addToCalendar: 'Add to calendar',
    privacyPolicy: 'Privacy policy',
    contact: 'Contact',
  },
  nl: {
    starts: 'Begint',
    ends: 'Eindigt',
    where: 'Waar',
    online: 'Online',
    organizedBy: 'Georganiseerd door',
    attendedBy: 'Ontmoet ons daar',
    with: 'Samen met',
    addToCalendar: 'Zet in agenda',
    privacyPolicy: 'Privacybeleid',
    contact: 'Contact',
  },
  es: {
    starts: 'Empieza',
    ends: 'Termina',
    where: 'Dónde',
    online: 'En línea',
    organizedBy: 'Organiza',
    attendedBy: 'Nos vemos allí',
    with: 'Junto con',
    addToCalendar: 'Añadir al calendario',
    privacyPolicy: 'Política de privacidad',
    contact: 'Contacto',
  },
  fr: {
    starts: 'Début',
    ends: 'Fin',
    where: 'Lieu',
    online: 'En ligne',
    organizedBy: 'Organisé par',
    attendedBy: 'Rencontrez-nous sur place',
    with: 'Avec',
    addToCalendar: "Ajouter à l'agenda",
    privacyPolicy: 'Politique de confidentialité',
    contact: 'Contact',
  },
  de: {
    starts: 'Beginn',
    ends: 'Ende',
    where: 'Ort',
    online: 'Online',
    organizedBy: 'Veranstaltet von',
    attendedBy: 'Dort sind auch wir',
    with: 'Gemeinsam mit',
    addToCalendar: 'In den Kalender',
    privacyPolicy: 'Datenschutzerklärung',
    contact: 'Kontakt',
  },
  pt: {
    starts: 'Início',
    ends: 'Fim',
    where: 'Onde',
    online: 'Online',
    organizedBy: 'Organizado por',
    attendedBy: 'Encontre-nos lá',
    with: 'Em conjunto com',
    addToCalendar: 'Adicionar ao calendário',
    privacyPolicy: 'Política de privacidade',
    contact: 'Contacto',
  },
  it: {
    starts: 'Inizio',
    ends: 'Fine',
    where: 'Dove',
    online: 'Online',
    organizedBy: 'Organizzato da',
    attendedBy: 'Ci trovi lì',
    with: 'Insieme a',
    addToCalendar: 'Aggiungi al calendario',
    privacyPolicy: 'Informativa sulla privacy',
    contact: 'Contatti',
  },
};
