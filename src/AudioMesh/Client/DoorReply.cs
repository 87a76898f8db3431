// SPDX-License-Identifier: MIT
using AudioMesh.Control;

namespace AudioMesh;

/// <summary>A reply as it came.</summary>
/// <param name="Text">The JSON object.</param>
/// <param name="Descriptors">What came with it, which is the receiver's; null through doors that carry none.</param>
internal readonly record struct DoorReply(byte[] Text, DescriptorExchange? Descriptors = null);
