// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Stems;

/// <summary>What a client asks a <see cref="TakeServer"/> for: the list where there is no place, else one of a take's two files.</summary>
/// <param name="Place">The take.</param>
/// <param name="IsSidecar">Which file.</param>
/// <param name="From">The bytes that are there already.</param>
/// <param name="Hash">Their SHA-256, hexadecimal.</param>
internal readonly record struct TakeRequest(string? Place, bool IsSidecar, long From, string Hash)
{
    public bool IsList => Place is null;
}
