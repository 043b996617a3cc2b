// What ical.js, the reader inside Thunderbird and others, makes of a calendar: events on the line, JSON out.
// Only what stands in the file itself is known of a zone.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const { default: ICAL } = await import(pathToFileURL(process.argv[2]));

const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf8")));
const moment = (time) => time && new Date(time.toUnixTime() * 1000).toISOString();
const value = (component, name) => component.getFirstPropertyValue(name);

function turnsOf(event) {
  const found = [];
  const iterator = event.iterator();
  for (let next = iterator.next(); next && found.length < 500; next = iterator.next()) {
    const turn = event.getOccurrenceDetails(next);
    const { component } = turn.item;
    found.push({
      of: moment(turn.recurrenceId),
      starts: moment(turn.startDate),
      ends: moment(turn.endDate),
      wall: String(turn.startDate),
      sequence: value(component, "sequence"),
      status: value(component, "status"),
    });
  }
  return found;
}

const all = calendar.getAllSubcomponents("vevent");
const changed = all.filter((one) => one.hasProperty("recurrence-id"));
const events = all.filter((one) => !one.hasProperty("recurrence-id")).map((component) => {
  const exceptions = changed.filter((one) => value(one, "uid") === value(component, "uid"));
  return new ICAL.Event(component, { exceptions });
});
const told = (event) => ({
  uid: event.uid,
  title: event.summary,
  sequence: event.sequence,
  status: value(event.component, "status"),
  class: value(event.component, "class"),
  turns: turnsOf(event),
});
const alone = changed.filter((one) => !events.some((event) => event.uid === value(one, "uid")));
console.log(JSON.stringify({
  method: value(calendar, "method"),
  events: events.map(told),
  turns: alone.map((one) => ({
    uid: value(one, "uid"),
    of: moment(value(one, "recurrence-id")),
    starts: moment(value(one, "dtstart")),
    ends: moment(value(one, "dtend")),
    sequence: value(one, "sequence"),
    status: value(one, "status"),
  })),
}));
