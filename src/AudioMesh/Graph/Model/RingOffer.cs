// SPDX-License-Identifier: MIT
using Microsoft.Win32.SafeHandles;

namespace AudioMesh.Graph;

/// <summary>How a node's ring may reach its app: by a descriptor that goes back to it, or by one that came from it.</summary>
/// <param name="Descriptor">The app's memfd, which the caller closes when the node is made; null where the node is to make a ring with a descriptor.</param>
public sealed record RingOffer(SafeFileHandle? Descriptor);
