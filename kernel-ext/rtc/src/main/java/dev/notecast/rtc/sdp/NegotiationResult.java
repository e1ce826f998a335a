package dev.notecast.rtc.sdp;

/** What came of an offer and its answer. */
public sealed interface NegotiationResult permits Negotiated, Refused {}
