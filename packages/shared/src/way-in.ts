/** Who is told where an event is: everyone who sees it, or only who has a seat. */
export const LOCATION_READERS = ["everyone", "confirmed"] as const;
export type LocationReaders = (typeof LOCATION_READERS)[number];

type Ways = {
  location: string | null;
  locationFor: LocationReaders;
  onlineUrl: string | null;
};

/**
 * What is told of the way in. The link is for who `joins`, and so is a place that is not for everyone: of that one
 * others read that there is one.
 */
export function wayIn({ location, locationFor, onlineUrl }: Ways, joins: boolean) {
  const isHidden = locationFor === "confirmed" && !joins;
  return {
    location: isHidden ? null : location,
    hidesLocation: isHidden && location !== null,
    onlineUrl: joins ? onlineUrl : null,
  };
}
