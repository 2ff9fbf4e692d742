// The "Authorize" form for consumer key and secret, which Swagger UI does not have.
import { isSigned } from './signing.js';

/** A Swagger UI plugin. */
export const consumerAuth = ({ React }) => ({
  wrapComponents: {
    HttpAuth: (Original) => (props) =>
      React.createElement(isSigned(props.schema) ? consumerForm(React) : Original, props),
  },
});

const FIELDS = [
  { name: 'consumer_key', label: 'Consumer key:', type: 'text' },
  { name: 'consumer_secret', label: 'Consumer secret:', type: 'password' },
];

let form;

/** The form component. It must be the same one each time, or React would recreate its inputs on every keystroke. */
function consumerForm(React) {
  const { createElement: h, useState } = React;
  form ??= function ConsumerForm({ name, schema, authorized, onChange, getComponent }) {
    const [value, setValue] = useState({});
    const set = ({ target }) => {
      const changed = { ...value, [target.name]: target.value.trim() };
      setValue(changed);
      onChange({ name, schema, value: changed });
    };
    const given = authorized.getIn([name, 'value']);
    const row = ({ name: field, label, type }) =>
      h(
        getComponent('Row'),
        { key: field },
        h('label', { htmlFor: field }, label),
        given === undefined
          ? h('input', { id: field, name: field, type, required: true, autoComplete: 'off', onChange: set })
          : h('code', null, type === 'password' ? ' ****** ' : given.get(field)),
      );
    return h(
      'div',
      null,
      h('h4', null, h('code', null, name), ' (OAuth 1.0a, signed by this page)'),
      given !== undefined && h('h6', null, 'Authorized'),
      h(getComponent('Markdown', true), { source: schema.get('description') }),
      ...FIELDS.map(row),
    );
  };
  return form;
}
