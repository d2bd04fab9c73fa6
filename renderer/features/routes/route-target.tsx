import form from '../../components/form.module.css';
import { SelectField } from '../../components/select-field.tsx';
import { TextArea } from '../../components/text-area.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useApp } from '../../stores/use-app.ts';
import { HeaderRows } from './header-rows.tsx';
import { exampleOf, type Rewrite, type RouteFields } from './route-form.ts';
import type { RouteProblems } from './route-problems.ts';

const STATUSES = [
  { value: '302', label: '302: for now, the usual one' },
  { value: '301', label: '301: for good' },
  { value: '303', label: '303: for now, always asked for with GET' },
  { value: '307', label: '307: for now, with the same method' },
  { value: '308', label: '308: for good, with the same method' },
] as const;

interface Props {
  readonly fields: RouteFields;
  readonly problems: RouteProblems;
  change(change: Partial<RouteFields>): void;
}

/** The fields of what a route does with its requests. */
export function RouteTarget(props: Props) {
  switch (props.fields.kind) {
    case 'pool':
      return <ToPool {...props} />;
    case 'redirect':
      return <Redirect {...props} />;
    case 'respond':
      return <FixedAnswer {...props} />;
  }
}

function ToPool({ fields, problems, change }: Props) {
  const pools = useApp((state) => state.snapshot?.pools) ?? [];
  const example = exampleOf(fields);
  const prefix = fields.path.trim().replace(/\/$/, '');
  const rewrites: { readonly value: Rewrite; readonly label: string }[] = [
    { value: 'keep', label: 'As asked for' },
    ...(prefix === '' && fields.rewrite !== 'strip'
      ? []
      : [{ value: 'strip' as const, label: `Without ${prefix}` }]),
    { value: 'replace', label: prefix === '' ? 'With something in front' : `With ${prefix} replaced` },
  ];
  return (
    <>
      <SelectField
        label="Pool"
        value={fields.pool}
        options={pools.map(({ name }) => ({ value: name, label: name }))}
        onChange={(pool) => change({ pool })}
        error={problems.fields.pool ?? null}
      />
      <div className={form.row}>
        <SelectField
          label="The path a backend gets"
          value={fields.rewrite}
          options={rewrites}
          onChange={(rewrite) => change({ rewrite })}
          hint={example ? `${example.from} → ${example.to}` : undefined}
        />
        {fields.rewrite === 'replace' && (
          <TextField
            label={prefix === '' ? 'In front' : 'In its place'}
            isMono
            value={fields.replacePrefix}
            onChange={(replacePrefix) => change({ replacePrefix })}
            error={problems.fields.replacePrefix ?? null}
          />
        )}
      </div>
      <HeaderRows
        rows={fields.headers}
        problems={problems.headers}
        onChange={(headers) => change({ headers })}
      />
    </>
  );
}

function Redirect({ fields, problems, change }: Props) {
  const example = exampleOf(fields);
  return (
    <>
      <TextField
        label="Send the client to"
        isMono
        value={fields.to}
        onChange={(to) => change({ to })}
        error={problems.fields.to ?? null}
        placeholder="/new or https://example.com"
        hint={
          example
            ? `${example.from} → ${example.to}`
            : 'A path or a URL; what follows the matched path goes along'
        }
      />
      <SelectField
        label="Status"
        value={fields.redirectStatus}
        options={STATUSES}
        onChange={(redirectStatus) => change({ redirectStatus })}
        error={problems.fields.redirectStatus ?? null}
      />
    </>
  );
}

function FixedAnswer({ fields, problems, change }: Props) {
  return (
    <>
      <div className={form.row}>
        <TextField
          label="Status"
          value={fields.status}
          onChange={(status) => change({ status })}
          error={problems.fields.status ?? null}
          inputMode="numeric"
          hint="200 to 599"
        />
        <TextField
          label="Content type"
          isMono
          value={fields.contentType}
          onChange={(contentType) => change({ contentType })}
          error={problems.fields.contentType ?? null}
          hint="Such as application/json"
        />
      </div>
      <TextArea
        label="Body"
        rows={4}
        value={fields.body}
        onChange={(body) => change({ body })}
        error={problems.fields.body ?? null}
        placeholder="May be empty"
      />
    </>
  );
}
