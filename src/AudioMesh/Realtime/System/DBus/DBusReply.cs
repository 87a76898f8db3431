// SPDX-License-Identifier: MIT
namespace AudioMesh.Realtime;

/// <summary>The answer to a method call.</summary>
/// <param name="ErrorName">The error's name where it is one, else null.</param>
/// <param name="Signature">Types of the body.</param>
/// <param name="Body">The body, little endian.</param>
internal sealed record DBusReply(string? ErrorName, string Signature, byte[] Body)
{
    public void ThrowIfError()
    {
        if (ErrorName is not null)
        {
            string text = Signature.StartsWith('s') ? new DBusReader(Body).ReadString() : "";
            throw new DBusException($"it answered {ErrorName}: {text}");
        }
    }
}
