// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Hub;

/// <summary>Somebody who can be heard.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">Its name.</param>
/// <param name="Channels">Channels it sends.</param>
/// <param name="IsSelf">Whether it is the one who asks, who hears itself only after unmuting itself.</param>
/// <param name="Level">How it is heard by who asks.</param>
public sealed record HubSource(int Id, string Name, int Channels, bool IsSelf, HubLevel Level);
