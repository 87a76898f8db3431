// SPDX-License-Identifier: MIT
namespace AudioMesh.Backends.Jack;

/// <summary>A connection between two ports, by their full names (<c>client:port</c>).</summary>
/// <param name="Source">The output port.</param>
/// <param name="Destination">The input port.</param>
public readonly record struct JackConnection(string Source, string Destination);
