// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Wire;

/// <summary>What a datagram carries. Values are those on the wire.</summary>
public enum MessageType : byte
{
    /// <summary>One or more packets of a stream, the newest first: <see cref="AudioBody"/>.</summary>
    Audio = 1,

    /// <summary>Asks for the time, and for a proof of life.</summary>
    SyncRequest = 2,

    /// <summary>Answers with both.</summary>
    SyncReply = 3,

    /// <summary>Who the sender is and what it offers: <see cref="AnnounceBody"/>. Also its heartbeat.</summary>
    Announce = 4,

    /// <summary>Asks for a stream: <see cref="SubscribeBody"/>.</summary>
    Subscribe = 5,

    /// <summary>Wants it no longer; the same body.</summary>
    Unsubscribe = 6,

    /// <summary>The exclusive or of some packets: <see cref="ParityBody"/>.</summary>
    Parity = 7,

    /// <summary>The sender goes; no body.</summary>
    Leave = 8,

    /// <summary>A small JSON object: <see cref="ControlBody"/>.</summary>
    Control = 9,

    /// <summary>A segment of the mesh bus: <see cref="BusBody"/>.</summary>
    Bus = 10,

    /// <summary>Says which segments have come: <see cref="BusAckBody"/>.</summary>
    BusAck = 11,
}
