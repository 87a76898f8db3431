// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Registry;

/// <summary>Something that a host of the mesh offers.</summary>
/// <param name="Host">The host's name on the bus.</param>
/// <param name="Type">What it is: <c>audio-engine</c>, <c>transport</c>, <c>recorder</c>, or any token of an app's own.</param>
/// <param name="Name">Which one, for people and for who asks for it; one for each host and type.</param>
/// <param name="Port">Where it listens, 1 to 65,535; 0 where it does not.</param>
/// <param name="Properties">What else there is to say of it.</param>
/// <param name="Health">How it is.</param>
/// <param name="Note">Why, for people.</param>
/// <param name="IsPresent">Whether its host is there. Who is gone for longer than <see cref="ServiceRegistryOptions.ExpiryMs"/> is not listed.</param>
public sealed record MeshService(
    string Host, string Type, string Name, int Port, IReadOnlyDictionary<string, string> Properties, ServiceHealth Health, string Note, bool IsPresent);
