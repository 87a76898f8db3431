// SPDX-License-Identifier: MIT
using AudioMesh.Network.Sockets;
using AudioMesh.Network.Wire;

namespace AudioMesh.Network.Session;

/// <summary>One member of a session, as another sees it.</summary>
/// <param name="Id">Random in each of its runs.</param>
/// <param name="Name">What it calls itself; empty before it has said so.</param>
/// <param name="Address">Where it is.</param>
/// <param name="IsProven">Whether it has shown that it lives now: only then is it listened to.</param>
/// <param name="IsLost">Whether it has not been heard for some seconds.</param>
/// <param name="SilentNs">For how long it has not been heard.</param>
/// <param name="Capabilities">What it can do besides.</param>
/// <param name="Offers">The streams it offers.</param>
/// <param name="Wishes">How many of this member's streams it wants.</param>
public sealed record PeerStatus(
    ulong Id, string Name, PeerAddress Address, bool IsProven, bool IsLost, long SilentNs, Capabilities Capabilities, IReadOnlyList<StreamOffer> Offers, int Wishes);
