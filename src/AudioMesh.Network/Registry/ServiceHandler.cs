// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Registry;

/// <summary>Takes a service as it is now; <paramref name="isGone"/>: it is withdrawn, or its host has expired. On the bus' thread, or the one that calls Maintain.</summary>
public delegate void ServiceHandler(MeshService service, bool isGone);
