// SPDX-License-Identifier: MIT
namespace AudioMesh.Realtime;

/// <summary>The bus is not there, late, or does not keep to its protocol. Stays inside: callers get a reason in words.</summary>
internal sealed class DBusException(string message) : Exception(message);
