// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Transport;

/// <summary>One line of the plain protocol, understood: an order's action, frame and time; or a parameter.</summary>
/// <param name="Word">The command as it is written in text: <c>START_AT</c>.</param>
/// <param name="Action">What the transport is to do; null for the others.</param>
/// <param name="UtcNs">When, nanoseconds since 1970.</param>
/// <param name="Frame">Which frame; null for none.</param>
/// <param name="Namespace">Of a parameter.</param>
/// <param name="Name">Of a parameter.</param>
/// <param name="Value">Of a parameter.</param>
internal sealed record PlainCommand(
    string Word, TransportAction? Action = null, long UtcNs = 0, long? Frame = null, string Namespace = "", string Name = "", string Value = "");
