/** Keys of `cues` in knowledge/language.yaml, where each is explained: what stands around a name or a figure. */
// biome-ignore format: a list of words
export const CUES = [
  'negated', 'twice', 'notNegated', 'negatedAfter', 'twiceAfter', 'lostAfter', 'lostBefore', 'askedBefore',
  'askedAfter', 'topic', 'weLack', 'weHold', 'formYes', 'formNo', 'claims', 'claimsAfter', 'footing',
  'joint', 'either', 'ruleBefore', 'ruleAfter', 'orElse', 'maybeDone', 'unsure', 'ruleTalk', 'heldAgainst',
  'allLack', 'shortBy', 'upTo', 'ownBefore', 'denied', 'affirmed', 'either2', 'withLead', 'withoutLead',
  'gathers', 'gatherVerb', 'besideLead', 'withLeadSum', 'sumWord', 'selfArticle', 'shortOf',
  'backboneAsked', 'weFound', 'thatOne', 'ledAsked', 'leadsFor', 'allOf', 'amongAll', 'wrongAfter',
  'memberIntro', 'memberAcademic', 'memberOther', 'memberEnterprise', 'memberVerb',
  'rosterOpening', 'kindAhead', 'ledBefore', 'insideBefore', 'rosterAside', 'rosterSide', 'noOthers',
  'outsideBefore', 'fromOutside', 'outsideAfter', 'withLeadToo', 'unitsAsked', 'weAre', 'joinsCounts',
  'metBehind', 'rosterSum', 'rosterMore', 'rosterGather', 'rosterClosing', 'rosterAsker', 'rosterBesides',
  'rosterAdjective', 'rosterNoUnit', 'rosterChain', 'rosterPast', 'rosterTalk', 'headEnterprise',
  'headAcademic', 'headOther', 'weLead', 'gathersNames', 'wholeBehind', 'thingAfter', 'theOthers',
  'takesPart', 'takesPartWord', 'leadBefore', 'leadAfter', 'wholeAfter', 'article', 'remainder', 'wholeOf',
  'lessThese', 'chainAfter', 'chainBefore', 'countFiller', 'shortUpTo', 'shortFrom', 'shortBetween',
  'unitSaid', 'notThere', 'placeEnds', 'placedCount', 'allLocal', 'localShareAfter', 'localShareBefore',
  'localSum', 'answerEnds', 'answerOpening', 'answerPlusUs', 'parentAnswer', 'subsidiaryAnswer', 'partOf',
  'namedLeads', 'namedUniversity', 'placedUnit', 'talentCase', 'nationalCounted', 'nationalTitle',
  'oneInOther', 'twoRanks', 'rulesOfCity', 'ofConsortium', 'coBuilders', 'otherThings', 'listOf',
  'fullTime', 'partTime', 'both', 'apart', 'othersThan', 'comesTo', 'sideOfChain', 'addedSince',
  'nothingOfItsOwn', 'enterprise', 'academic', 'otherUnit', 'more', 'moreOnly', 'less', 'lessAfter',
  'changesNothing', 'growthUp', 'growthDown', 'yearByYear', 'total3', 'threeYears', 'ownTime', 'aside',
  'backboneOwner', 'isSelf', 'local', 'seat', 'requests', 'mayCome', 'everyYearAfter', 'earned',
  'earnedNot', 'measured', 'neverForm', 'neverBecause', 'keptBefore', 'keptAfter', 'asDemand', 'takenBack',
  'howMuch', 'asksOfBefore', 'agrees', 'noneOfAsked', 'allOfAsked', 'site', 'there', 'holdsThere', 'hasLed',
  'deniedPlace', 'institution', 'rulesOfPlace', 'livesIn', 'unitAfter', 'partnerKind', 'kindAdjective',
  'countBefore', 'oneBefore', 'isA', 'leads', 'ofRules', 'owned', 'named', 'nameAsked', 'interrogative',
  'shortfallAsked', 'nameTold', 'comesIn', 'gathered', 'siteAfter', 'everyYear', 'salesWord', 'universal', 'universalAfter', 'finalMo', 'english',
  'person', 'otherOwner', 'precedent', 'onBehalf', 'localUnit', 'tableAside', 'tableHead', 'moneyHeading',
  'stateDoubt', 'stateOpen', 'stateAsk', 'stateDue', 'stateRenew', 'stateSoon', 'stateLost', 'statePast',
  'stateLack', 'stateGot', 'stateNot', 'stateFiller', 'otherUnits', 'parentUnits', 'asksAsSubsidiary',
  'ownUnit', 'heldBefore', 'heldAfter', 'notOurs', 'ofInstitution', 'selfLacks', 'except', 'besidesIt',
  'lacksRest', 'hasRest', 'notAll', 'chainWhole', 'chainPart', 'neverLed', 'titleLost', 'noUnitHere',
  'lacksThere', 'placeAlone', 'oneUnit', 'countedWithUs', 'seatedHere', 'hearsay', 'orDay', 'roughDay',
  'roughlyDay', 'wasLost', 'letAlone', 'evenLess', 'notToSpeak', 'sharesIn', 'foundedThere', 'seatAndSite',
  'leaderIs', 'headCity', 'leadsAsKind', 'parentSaid', 'childSaid', 'otherSpan', 'summedUp', 'titleLostOn',
  'deniedFor', 'doubted', 'demandThat', 'demandAsked', 'demandSaid', 'demandBehind', 'ownedByUs',
  'levelBeside', 'addsOn', 'countedUnits', 'plainLead', 'plainEnd', 'takesUp', 'partOfYear', 'partOfTotal', 'requested', 'leadAnother',
  'perPartOfYear', 'takesBack', 'turnover', 'earns', 'lastYearsOwn', 'amountEnds', 'countsAs', 'usAnd',
  'wouldLead', 'coreLayer', 'outerLayer', 'childPlanned', 'childAsked',
  'withUsInside', 'namesAhead', 'nameJoint', 'leftBefore', 'leftAfter', 'leadEnds',
  'ownTeam', 'ofResearch', 'noTeam', 'noTeamNot', 'countsAsOurs', 'ofTheRest', 'concedes', 'hasOne', 'ofALevel',
] as const;

export type Cue = (typeof CUES)[number];

/** Cues of which every match in a text counts. */
export const EVERYWHERE: ReadonlySet<Cue> = new Set(['person', 'otherOwner', 'there']);

/** Keys of the cues that only the readers of one subject use, under the subject's own name in the file. */
// biome-ignore format: lists of words
export const SUBJECT_CUES = {
  seatCues: [
    'otherSeat', 'parentSeat', 'moved', 'placedMembers', 'membersAt', 'membersAtAfter',
    'countedUnits', 'placedCount', 'planned',
    'aim', 'aimed', 'supposed', 'workplace', 'seatLink', 'inNameOnly', 'siteLink', 'mustBe', 'mustBeAfter', 'aside', 'at',
    'takesPart', 'comesTo', 'consortiumAfter', 'ofRules', 'hopes', 'trade', 'ofPlan', 'unitBegins', 'atEnd',
    'district', 'standsAt', 'quarter', 'ofPlaceNoRules', 'towards', 'hasUnits', 'heading', 'headingColon',
    'otherUnit', 'notAt', 'cutConsortium', 'placeAfter', 'placeBefore', 'localCounted', 'localNoun',
  ],
  levelCues: [
    'question', 'either', 'zero', 'row', 'otherNoun', 'rising', 'ended', 'saidOf', 'ofPlatform', 'held',
    'otherNounFar', 'said', 'notSaid', 'toBuild', 'already', 'only', 'onlyIf', 'thenAble', 'onlyThen',
  ],
  kindCues: [
    'barely', 'ourHospital', 'adjectives', 'countedUnits', 'one', 'joining', 'department', 'wantsToLead',
    'attached', 'childOf', 'comesForward', 'keptAt', 'keptAfter', 'individual', 'whichOne', 'talentWord', 'weLead',
    'counted', 'noneOf', 'theRest', 'oneMore', 'ofOurs', 'levelBefore', 'takesPart', 'denied', 'attribute', 'ours',
    'leadWord', 'asMember', 'joined', 'jointly', 'asThe', 'inName', 'inNameAfter', 'quality', 'leaderIs',
    'has', 'is', 'hasWhat', 'placed', 'theirs', 'theirsAfter', 'someUnit', 'countedAfter', 'howMany',
    'caseFollows', 'pronoun', 'hospitalOf', 'anotherUnit', 'figureOfOther',
  ],
  figureCues: [
    'people', 'consortium', 'onePerson', 'personBefore', 'teamMeasure', 'team', 'oneOf', 'oneOrBare',
    'teamAfter', 'mean', 'averaged', 'condition', 'otherDay', 'mayBe', 'among', 'noneBehind', 'thatOne',
    'countNoun', 'numbered', 'joined', 'ownNumber', 'thing', 'isA', 'oneUnit', 'units', 'leadsAfter',
    'countedUnits', 'one', 'certificate',
  ],
  yesNoCues: [
    'verbName', 'notLost', 'verbEnd', 'building', 'apart', 'choice', 'team', 'ofParent', 'notPassed', 'unsureNever',
    'asking', 'deniedEnd', 'neverAfter', 'passive', 'open', 'butFor', 'countedUnits', 'among', 'bareNot',
    'done', 'endsAsking', 'noneBefore', 'ifNone', 'noneAfter', 'zero', 'verbDone',
  ],
  passingCues: [
    'joined', 'holder', 'mayBeSeat', 'seatAfter', 'has', 'hasAfter', 'goesTo', 'of', 'servedBefore', 'servedAfter', 'partnerBefore',
    'partnerAfter', 'memberBefore', 'parentThere', 'childThere', 'askedOf', 'from', 'movesAway', 'planned', 'ownPlace', 'lost', 'speaker',
  ],
  revokedCues: ['title', 'ofOther', 'otherBehind', 'otherUnit', 'ofMember', 'ownUnit', 'cause', 'lostThing', 'dayOnly', 'otherEvent'],
  sureCues: [
    'doubtBefore', 'doubtAfter', 'doubtNext', 'otherAfter', 'otherAmong', 'otherTime', 'whoseIs',
    'shortBehind', 'otherBefore', 'changedBy', 'notOwnPeople', 'bothKinds', 'bothBehind', 'shareOf', 'shareIn',
    'shareAmong', 'ownShare', 'peopleShare', 'staffShare', 'staff', 'people', 'meanOfOthers', 'fromShare', 'toShare', 'oneYear', 'oneYearBehind',
    'threeYears', 'left', 'leftBehind', 'amongThem', 'notIn', 'dealings', 'ownNamed', 'forDealings', 'groupSpoken', 'parentAway', 'nounBehind', 'otherMatter', 'inNameOnly', 'outOf', 'oneGone', 'sharedBefore', 'fullTimeWord',
  ],
} as const;
export type Subject = keyof typeof SUBJECT_CUES;
export type SubjectCue<S extends Subject> = (typeof SUBJECT_CUES)[S][number];
