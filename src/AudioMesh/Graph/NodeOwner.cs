// SPDX-License-Identifier: MIT
namespace AudioMesh.Graph;

/// <summary>Whose a node is, where an engine has clients of different users.</summary>
/// <param name="Client">The number of the client that made it; 0 once that is gone.</param>
/// <param name="User">The user id of that client.</param>
/// <param name="IsPublic">Whether others may connect to it; it stays when its client goes.</param>
public sealed record NodeOwner(int Client, uint User, bool IsPublic);
