// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Impairment;

/// <summary>Says which field is out of range.</summary>
internal static class RangeCheck
{
    public static void Hold(bool holds, string field, double value, string allowed)
    {
        if (!holds)
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"{field} {value} is out of range: {allowed}.")
            {
                Field = field,
                Allowed = allowed,
            };
        }
    }
}
