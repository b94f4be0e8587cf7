using MarketBot.Tests.Integration.Kit;

namespace MarketBot.Tests.Integration.Dialogues;

/// <summary><see cref="AccessTests"/> on PostgreSQL.</summary>
[OnPostgres]
public sealed class AccessTestsOnPostgres : AccessTests;

/// <summary><see cref="BindShopTests"/> on PostgreSQL.</summary>
[OnPostgres]
public sealed class BindShopTestsOnPostgres : BindShopTests;

/// <summary><see cref="CommandTests"/> on PostgreSQL.</summary>
[OnPostgres]
public sealed class CommandTestsOnPostgres : CommandTests;

/// <summary><see cref="LoginAdminTests"/> on PostgreSQL.</summary>
[OnPostgres]
public sealed class LoginAdminTestsOnPostgres : LoginAdminTests;

/// <summary><see cref="RegisterSellerTests"/> on PostgreSQL.</summary>
[OnPostgres]
public sealed class RegisterSellerTestsOnPostgres : RegisterSellerTests;

/// <summary><see cref="ShopCardTests"/> on PostgreSQL.</summary>
[OnPostgres]
public sealed class ShopCardTestsOnPostgres : ShopCardTests;

/// <summary><see cref="ShopListTests"/> on PostgreSQL.</summary>
[OnPostgres]
public sealed class ShopListTestsOnPostgres : ShopListTests;
