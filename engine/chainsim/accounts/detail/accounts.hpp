#pragma once

#include <chainsim/accounts/detail/book.hpp>

namespace chainsim::accounts::detail {

/// Energy consumption of the district: what comes in or out of the ground, less what leaves
/// (GB/T 2589-2020; PLANNER, "Energy"). What is delivered within the district is consumed there.
/// Second way: what each facility takes in, less what it passes on. In equivalent value, power
/// brought in or made from primary energy counts at the coal it would have taken. And the power
/// used.
void count_energy(Book& book);

/// What a period of assessment controls: the total in equivalent value, less energy used as raw
/// material and non-fossil power, by the rule of the period. Left out where no period rules.
///
/// Source  发改环资〔2022〕803号, 发改运行〔2022〕1258号, 发改环资〔2024〕113号; PLANNER, "Energy".
void count_dual_control(Book& book);

/// CO2 of fuels, of flares and of fuel that people of the district get, of processes, and of power
/// bought net of power sold. A recipe's CO2 comes from its own carbon balance; the part its fuels
/// can account for is fuel. A commodity whose carbon is process carbon (`carbon: process`) is no
/// such fuel: its carbon stays CO2 of processes wherever it is burnt (PLANNER: the process emission
/// of carbide holds the furnace gas). Gas of any kind that is a feedstock gives off CO2 of
/// processes, by carbon balance, as the national accounting guide for chemical plants has it.
void count_carbon(Book& book);

/// CO2 of all plants as their enterprises report it, with the power and the heat that they take of
/// each other. Second way: where CO2 leaves, and power and heat that come in. Left out where the
/// library lacks a factor that the plants need.
///
/// Source  GB/T 32151 by industry.
void count_enterprises(Book& book);

/// Energy, value added and CO2 of each group of plants (`plant_groups`): what crosses the
/// boundaries of its plants, as GB/T 2589-2020 and GB/T 32151 count it, and of what nobody took up
/// its share in what the plants of the district would make at capacity.
void count_groups(Book& book);

/// Fresh water used by all facilities; second way: what the works supply. And water taken from each
/// source of nature, net of what goes back into it; second way: what comes in at the boundary. The
/// sum of it is the withdrawal (取水量); less what is discharged as water, the consumption
/// (耗水量).
void count_water(Book& book);

/// Sulphur dioxide, nitrogen oxides, particulate matter and volatile organic compounds, by the
/// factor of each process at the level of control that its plant keeps in the year, and of flares.
/// A factor holds the heaters and boilers of its process. Left out where the library has no
/// factors.
void count_pollutants(Book& book);

/// Solid waste that plants generate, and what of it is used: taken in by plants, or sold. A plant
/// whose feed and product are both waste prepares it: it generates none, and what it loses is used.
/// Second way: what is used, disposed of and demanded, less what is brought in. General industrial
/// waste and hazardous waste are counted apart; what leaves dissolved in wastewater is none.
///
/// Source  环境统计: 一般工业固体废物产生量 = 综合利用量 + 处置量 + 贮存量 + 倾倒丢弃量; rock that
/// mines
///         strip or drive through is left out, as there.
void count_solid_waste(Book& book);

/// Sales, and value added: sales less purchases and disposal. Second way: the margins of all
/// facilities at market prices, and what trade gains or loses on them.
void count_money(Book& book);

/// Value added by the income method: compensation, net taxes on production, depreciation and
/// operating surplus, from an income statement of each plant at the prices at which it deals, and
/// what trade gains or loses between them; it must reach `value_added`. Beside it jobs, VAT with
/// input credit, the income tax of each taxpayer, and all taxes together. Left out where the
/// library has no economy.
///
/// Staff, assets and what is paid for them belong to the nameplate of a plant that stands. VAT is
/// no part of value added here, for prices are without it; excess input tax is paid back. Profits
/// are before interest. Repairs, services and overhead are bought from outside the model: they
/// lower the profit that is taxed, and stay in the operating surplus as they stay in `value_added`.
///
/// Source  国家统计局, 中国国民经济核算体系(2016), income approach; laws as in models/standards.
void count_income(Book& book);

/// What the chains make, sell and turn into other things. The local conversion of a commodity
/// is the share of all that is there, made or bought, that plants and people of the district
/// use; the rest is sold away, flared or dumped.
void count_chain(Book& book);

/// Of each technology that some plant of the year uses, per unit of its product: standard coal of
/// the fuels burnt, power taken, fresh and make-up water taken; and of each variant its share in
/// what the technology makes, and its smallest plant. Of a technology that makes power, what is
/// installed.
void count_technologies(Book& book);

/// Investment of the year and land, of the projects that are built; left out where there is none.
void count_projects(Book& book);

} // namespace chainsim::accounts::detail
