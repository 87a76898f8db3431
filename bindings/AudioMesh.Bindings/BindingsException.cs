// SPDX-License-Identifier: MIT
namespace AudioMesh.Bindings;

/// <summary>Bindings cannot be made or do not hold; the message names the header, the allow-list entry or the file.</summary>
public sealed class BindingsException(string message) : Exception(message);
