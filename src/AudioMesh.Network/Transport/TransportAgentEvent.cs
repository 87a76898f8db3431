// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Transport;

/// <summary>Something an agent has to say.</summary>
/// <param name="Kind">What.</param>
/// <param name="Order">The order it is about; null where it is about none.</param>
/// <param name="Outcome">What came of it, of that kind of event.</param>
/// <param name="ErrorFrames">By how many frames the transport is ahead of where it should be, where it strayed.</param>
public readonly record struct TransportAgentEvent(TransportAgentEventKind Kind, TransportOrder? Order = null, TransportOutcome? Outcome = null, double? ErrorFrames = null);
