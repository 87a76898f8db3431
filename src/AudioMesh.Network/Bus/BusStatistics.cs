// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Bus;

/// <summary>What a bus did so far.</summary>
/// <param name="Sent">Messages given to it, of all kinds.</param>
/// <param name="Received">Messages that came from others.</param>
/// <param name="Resent">Pieces sent again because they were not acknowledged.</param>
/// <param name="Lost">Messages given up, as their receiver was away or too slow.</param>
/// <param name="Refused">Messages that break a rule.</param>
/// <param name="Faults">Exceptions that handlers threw.</param>
/// <param name="Pending">Pieces sent, or to be sent, that are not acknowledged yet.</param>
public readonly record struct BusStatistics(long Sent, long Received, long Resent, long Lost, long Refused, long Faults, long Pending);
