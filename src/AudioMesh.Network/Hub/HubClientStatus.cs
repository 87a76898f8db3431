// SPDX-License-Identifier: MIT
using AudioMesh.Network.Media;

namespace AudioMesh.Network.Hub;

/// <summary>One client of a hub.</summary>
/// <param name="Id">Its number, as others' <c>hub_sources</c> have it.</param>
/// <param name="Name">Its name.</param>
/// <param name="PeerId">The member of the session that it is.</param>
/// <param name="IsThere">Whether it is there; else its seat is kept for it.</param>
/// <param name="SendChannels">Channels it sends.</param>
/// <param name="ReceiveChannels">Channels of its mix.</param>
/// <param name="Received">How its stream comes; null where it sends none, or none came yet.</param>
/// <param name="ReceivedRate">Frames a second of its stream; 0 where there is none.</param>
/// <param name="Sent">What was sent to it.</param>
/// <param name="Peak">The level of what it sends, full scale 1, falling by 20 dB a second.</param>
/// <param name="RecordingPath">Its file; empty where it is not recorded.</param>
/// <param name="RecordedFrames">Frames in that.</param>
/// <param name="RecordingLostFrames">Frames that the disk was too slow for.</param>
public sealed record HubClientStatus(
    int Id,
    string Name,
    ulong PeerId,
    bool IsThere,
    int SendChannels,
    int ReceiveChannels,
    ReceiverStatistics? Received,
    int ReceivedRate,
    SenderStatistics? Sent,
    float Peak,
    string RecordingPath,
    long RecordedFrames,
    long RecordingLostFrames);
