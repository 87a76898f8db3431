// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Hub;

/// <summary>A client's place in the hub, from joining to leaving.</summary>
/// <param name="Id">Its number; never given twice by a hub.</param>
/// <param name="FirstSend">Where its channels lie among all that are sent.</param>
/// <param name="SendChannels">How many it sends; 0 for who only listens.</param>
/// <param name="FirstReceive">Where its mix lies among all mixes.</param>
/// <param name="ReceiveChannels">Channels of its mix; 0 for who only plays.</param>
public readonly record struct HubSeat(int Id, int FirstSend, int SendChannels, int FirstReceive, int ReceiveChannels);
