using System.Text.RegularExpressions;

namespace OpsMap.People;

/// <summary>An account as lists show it.</summary>
/// <param name="AreaCode">The street of a chief or staff member; null elsewhere.</param>
/// <param name="AreaName">Its name in the edition in force; null when the code is not in it.</param>
/// <param name="UnitCode">The department, office or unit of a responder or patroller; null elsewhere.</param>
/// <param name="DisabledAt">Null while the account may sign in.</param>
sealed record User(long Id, string Name, string DisplayName, string Role, string? AreaCode, string? AreaName, string? UnitCode, DateTimeOffset CreatedAt, DateTimeOffset? DisabledAt, int Version);

/// <summary>An account to be made. A responder or patroller may be given by street instead of unit: then it is the street's office, or its first unit.</summary>
sealed partial record NewUser(string? Name, string? Role, string? Area = null, string? Unit = null, string? DisplayName = null)
{
    internal bool OfStreet => Role is "street-chief" or "street-staff";

    internal bool OfUnit => Role is "responder" or "patroller";

    /// <summary>What is wrong with it whatever the database holds, saying what to send; null when nothing is.</summary>
    internal string? Wrong() => this switch
    {
        { Name: null or "" } => "name is missing: send what the person will type to sign in",
        _ when !NamePattern().IsMatch(Name) => $"name '{Name}' cannot be used: send 1 to 40 letters or digits, with . _ - in between",
        { Role: null or "" } => $"role is missing: send one of {string.Join(", ", Rights.Roles)}",
        _ when !Rights.Roles.Contains(Role) => $"role '{Role}' is unknown: send one of {string.Join(", ", Rights.Roles)}",
        { Area: not null } when !OfStreet && !OfUnit => $"area '{Area}' does not go with the role {Role}: leave it out",
        { Unit: not null } when !OfUnit => $"unit '{Unit}' does not go with the role {Role}: leave it out",
        { Area: { } area } when area.Any(char.IsControl) => "area holds control characters: send the code of a street",
        { Unit: { } unit } when unit.Any(char.IsControl) => "unit holds control characters: send the code of a unit or department",
        { DisplayName: { } shown } when shown.Length > 60 || shown.Any(char.IsControl) => "display_name is longer than 60 characters or holds control characters: send a shorter one",
        _ => null,
    };

    // No colon, which parts the name from the token in Basic authorization.
    [GeneratedRegex(@"\A[\p{L}\p{N}]([\p{L}\p{N}._-]{0,38}[\p{L}\p{N}])?\z")]
    private static partial Regex NamePattern();
}

/// <summary>How adding an account went: the account and its password, to be shown once; or why not.</summary>
/// <param name="Taken">The name is somebody's already: another would do.</param>
sealed record Added(User? User, string Password, string? Refused = null, bool Taken = false);
